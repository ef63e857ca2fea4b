package publish

import (
	"context"

	"uccn/generator/internal/output"
)

// Write publishes files of which none was taken before.
func Write(ctx context.Context, o Options, files []output.File) (Report, error) {
	return write(ctx, new(osDisk), o, files)
}

func write(ctx context.Context, d disk, o Options, files []output.File) (Report, error) {
	s, err := openStage(ctx, d, o)
	if err != nil {
		return Report{}, err
	}
	defer s.Close()
	return s.Publish(ctx, o, files)
}
