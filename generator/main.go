// Command uccn publishes a network of cities: from a folder of Markdown and
// YAML it makes a website, a booklet, an exhibition and open data.
//
// Run it from the site's folder with "go run ./generator serve".
package main

import (
	"os"

	"uccn/generator/internal/cli"
)

func main() { os.Exit(cli.Main()) }
