//go:build !unix

package siteroot

const unwaiting = 0 // there are no named pipes in folders here
