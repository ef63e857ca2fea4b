package browser

import (
	"fmt"
	"os"
	"testing"

	"uccn/generator/checks/internal/chrome"
	"uccn/generator/checks/internal/sites"
)

// What all tests look at, and look with: made once.
var (
	set sites.Set
	web chrome.Browser
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	b, end, err := chrome.Open()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer end()
	web = b
	return sites.Main(m, func(s sites.Set) { set = s })
}
