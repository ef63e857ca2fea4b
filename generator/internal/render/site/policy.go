package site

// Policy returns the Content-Security-Policy that the pages carry.
func Policy() string { return policy() }
