module uccn/generator/checks

go 1.26.6
