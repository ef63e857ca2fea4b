//go:build !linux

package heap

// enlarge is for systems that let a program ask for large pages.
func enlarge([]byte) {}
