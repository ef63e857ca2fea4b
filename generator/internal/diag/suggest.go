package diag

import (
	"fmt"
	"strings"
)

// Suggest returns the known word nearest to got, if one is near enough to be a
// slip: a third of its letters at most, two of a word of five, ignoring case.
// Ties go to the first in known, so the caller's order decides and the answer
// never wavers.
func Suggest(got string, known []string) (string, bool) {
	letters := len([]rune(got))
	best, limit := "", letters/3+1
	if letters >= 5 {
		limit = max(limit, 3)
	}
	for _, k := range known {
		if d := distance(strings.ToLower(got), strings.ToLower(k)); d < limit {
			best, limit = k, d
		}
	}
	return best, best != ""
}

// Propose completes d for an unknown word: a hint and a certain fix when one of
// known is a near miss, otherwise the list of what is allowed, cut after 12.
// what names the allowed words, such as "the keys". The underlined length stays
// when it is set, since quotes may stand around the word.
func (d *Diagnostic) Propose(got, what string, known []string) {
	if d.Len == 0 {
		d.Len = len([]rune(got))
	}
	if near, ok := Suggest(got, known); ok {
		d.Hint, d.Fix = fmt.Sprintf("did you mean %q?", near), near
		return
	}
	if len(known) == 0 {
		return
	}
	shown, more := known, ""
	if len(shown) > 12 {
		shown, more = shown[:12], fmt.Sprintf(" and %d more", len(known)-12)
	}
	d.Hint = what + " are " + strings.Join(shown, ", ") + more
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b (Damerau's distance, optimal string alignment).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, prev, cur := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(t)]
}
