module uccn/generator/checks/bench

go 1.26.6


