module uccn/generator/checks/pictures

go 1.26.6
