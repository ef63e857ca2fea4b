package plate

// MarkSize is the side of the square that marks are drawn in.
const MarkSize = 16

// Mark returns the small sign of a pattern as path data of one colour, in a
// square of MarkSize units: the pattern's idea at the size of a letter. Holes
// are cut by the direction of drawing (the nonzero rule). A pattern that is not
// known has bars.
func Mark(pattern string) string {
	switch pattern {
	case "weave":
		return "M0 0h10v5h-10zM11 0h5v10h-5zM6 11h10v5h-10zM0 6h5v10h-5z"
	case "discs":
		return "M0 16a16 16 0 0 1 16-16v16z"
	case "frames":
		return "M0 1.5h16v13h-16zM11.7 8a3.7 3.7 0 0 0-7.4 0a3.7 3.7 0 0 0 7.4 0z"
	case "bowls":
		return "M0 7.5h16a8 8 0 0 1-16 0zM5.4 3.1a2.6 2.6 0 0 1 5.2 0a2.6 2.6 0 0 1-5.2 0z"
	case "lines":
		return "M0 1h16v3.2h-16zM0 6.4h16v3.2h-16zM0 11.8h9v3.2h-9z"
	case "cells":
		return "M0 0h5.4v5.4h-5.4zM10.6 0h5.4v5.4h-5.4zM5.3 5.3h5.4v5.4h-5.4zM0 10.6h5.4v5.4h-5.4zM10.6 10.6h5.4v5.4h-5.4z"
	case "strings":
		return "M0 6h2.8v4h-2.8zM4.4 2.5h2.8v11h-2.8zM8.8 5h2.8v6h-2.8zM13.2 0h2.8v16h-2.8z"
	case "plan":
		return "M0 0h16v16h-6v-3h3v-10h-3v4h-3v-4h-4v10h3v3h-6z"
	}
	return "M0 0h4v16h-4zM5.5 0h2v16h-2zM9 0h4v16h-4zM14.5 0h1.5v16h-1.5z"
}
