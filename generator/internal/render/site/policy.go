package site

import "uccn/generator/internal/render/site/hosted"

// Policy returns the Content-Security-Policy that the pages carry.
func Policy() string { return hosted.Policy() }
