package schema

import "gopkg.in/yaml.v3"

// A node is a value as it is written, with its place in the front matter. Most
// are made by scan, the others are those of yaml.v3.
type node struct {
	kind      kind
	flow      bool // a mapping or a list in braces or brackets
	quoted    bool
	null      bool   // a scalar that is no value: "", ~, null
	tag       string // of a scalar, as yaml.v3 understands it; "" when nobody has looked
	value     string // the words of a scalar
	line, col int    // from 1; columns in code points
	content   []*node
}

type kind uint8

const (
	scalar kind = iota + 1
	mapping
	list
	alias
)

// parse reads front matter.
func parse(front string, lines []string) (root *node, err error) {
	if root, ok := scan(front, lines); ok {
		return root, nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil || len(doc.Content) == 0 {
		return nil, err
	}
	return fromYAML(doc.Content[0], 0), nil
}

// fromYAML leaves out what is nested past the limit: that much is a problem.
func fromYAML(y *yaml.Node, depth int) *node {
	n := &node{kind: kindOf(y.Kind), tag: y.Tag, value: y.Value, line: y.Line, col: y.Column}
	n.flow = y.Style&yaml.FlowStyle != 0
	n.quoted = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	n.null = n.kind == scalar && n.tag == "!!null"
	if depth <= maxDepth {
		for _, c := range y.Content {
			n.content = append(n.content, fromYAML(c, depth+1))
		}
	}
	return n
}

func kindOf(k yaml.Kind) kind {
	switch k {
	case yaml.MappingNode:
		return mapping
	case yaml.SequenceNode:
		return list
	case yaml.AliasNode:
		return alias
	}
	return scalar
}

// yaml returns n, which holds no alias, for yaml.v3 to say what it means.
func (n *node) yaml() *yaml.Node {
	y := &yaml.Node{Kind: yaml.ScalarNode, Tag: n.tag, Value: n.value, Line: n.line, Column: n.col}
	switch n.kind {
	case mapping:
		y.Kind = yaml.MappingNode
	case list:
		y.Kind = yaml.SequenceNode
	}
	for _, c := range n.content {
		y.Content = append(y.Content, c.yaml())
	}
	return y
}
