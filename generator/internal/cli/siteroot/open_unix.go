//go:build unix

package siteroot

import "syscall"

// unwaiting keeps opening a named pipe from waiting for its other end.
const unwaiting = syscall.O_NONBLOCK
