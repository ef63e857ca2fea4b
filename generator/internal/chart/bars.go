package chart

// Bar returns the inside of an svg element of viewBox "0 0 top 1" that is
// stretched to its table cell: a bar value long, at least a hair.
func Bar(value, top float64) string {
	return `<path class="bar" d="M0 0h` + tenth(max(value, top/400)) + `v1H0z"/>`
}

// Level sorts a count into one of five shades: 0 for none, 4 for many, by
// quarters of the largest count; up to four each count has its own.
func Level(n, most int) int {
	switch {
	case n <= 0:
		return 0
	case most <= 4:
		return n
	}
	return min(4, 1+(n-1)*4/most)
}
