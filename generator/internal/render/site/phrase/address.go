package phrase

import "strings"

// Address returns the address of a file or folder of the output, seen from a page
// in the folder at: "fr/cities/lodz/"; "" is the root. A folder's address names its
// index.html, so that it also works from a disk. A root, when there is one, is
// written before the whole path in place of the way up.
func Address(at, root, target string) string {
	fragment, index := "", ""
	if i := strings.IndexByte(target, '#'); i >= 0 {
		target, fragment = target[:i], target[i:]
	}
	if target == "" || target[len(target)-1] == '/' {
		index = "index.html"
	}
	if root != "" {
		return root + target + index + fragment
	}
	for {
		i := strings.IndexByte(at, '/')
		if i < 0 || !strings.HasPrefix(target, at[:i+1]) {
			break
		}
		at, target = at[i+1:], target[i+1:]
	}
	const ups = "../../../../../../"
	up := 3 * strings.Count(at, "/")
	if up > len(ups) {
		return strings.Repeat("../", up/3) + target + index + fragment
	}
	return ups[:up] + target + index + fragment
}

// Join joins what id gives for each of in, with blanks; nothing when nobody asks.
func Join[T any](in []T, asked bool, id func(T) string) string {
	if !asked {
		return ""
	}
	ids := make([]string, len(in))
	for i, v := range in {
		ids[i] = id(v)
	}
	return strings.Join(ids, " ")
}
