package svg

// elements reports whether an element only draws. Left out on purpose: script,
// foreignObject, image, feImage, a, animations (they can set attributes later),
// switch, view and whatever SVG has yet to learn.
func elements(name string) bool {
	switch name {
	case "svg", "g", "defs", "symbol", "use", "title", "desc", "style",
		"path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
		"text", "tspan", "textPath",
		"linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker",
		"filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
		"feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood",
		"feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
		"feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence":
		return true
	}
	return false
}

// textual reports whether text in an element means something.
func textual(name string) bool {
	switch name {
	case "title", "desc", "text", "tspan", "textPath", "style":
		return true
	}
	return false
}

// attributes reports whether an attribute only says how to draw. Addresses (href)
// are looked at apart.
func attributes(name string) bool {
	switch name {
	case "id", "class", "style", "lang", "role", "aria-label", "aria-labelledby", "aria-hidden", "version", "type", "media",
		// place and form
		"viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr",
		"d", "points", "pathLength", "transform", "transform-origin", "overflow", "clip", "refX", "refY", "orient",
		"markerWidth", "markerHeight", "markerUnits",
		// paint
		"color", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
		"stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "display", "visibility", "paint-order", "vector-effect",
		"clip-path", "clip-rule", "mask", "filter", "marker-start", "marker-mid", "marker-end", "mix-blend-mode", "isolation",
		"shape-rendering", "color-interpolation", "color-interpolation-filters", "color-rendering", "text-rendering", "image-rendering",
		"stop-color", "stop-opacity", "offset", "gradientUnits", "gradientTransform", "spreadMethod",
		"patternUnits", "patternContentUnits", "patternTransform", "clipPathUnits", "maskUnits", "maskContentUnits",
		"filterUnits", "primitiveUnits", "enable-background",
		// text
		"font", "font-family", "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight",
		"letter-spacing", "word-spacing", "text-anchor", "text-decoration", "dominant-baseline", "alignment-baseline", "baseline-shift",
		"writing-mode", "direction", "unicode-bidi", "dx", "dy", "rotate", "textLength", "lengthAdjust", "startOffset", "method", "spacing",
		// filters
		"in", "in2", "result", "mode", "operator", "values", "tableValues", "slope", "intercept", "amplitude", "exponent",
		"k1", "k2", "k3", "k4", "order", "kernelMatrix", "divisor", "bias", "targetX", "targetY", "edgeMode", "preserveAlpha",
		"surfaceScale", "diffuseConstant", "specularConstant", "specularExponent", "kernelUnitLength", "scale", "xChannelSelector",
		"yChannelSelector", "azimuth", "elevation", "z", "pointsAtX", "pointsAtY", "pointsAtZ", "limitingConeAngle",
		"stdDeviation", "radius", "baseFrequency", "numOctaves", "seed", "stitchTiles", "flood-color", "flood-opacity", "lighting-color":
		return true
	}
	return false
}
