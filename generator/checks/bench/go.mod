module uccn/generator/checks/bench

go 1.26.6

require uccn v0.0.0

replace uccn => ../../..
