package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Run runs all the platforms until ctx is done or each has ended. A platform
// that fails for good does not take the others down; its error is returned,
// with the platform's name, when all have ended.
func Run(ctx context.Context, h Handler, platforms ...Platform) error {
	errs := make([]error, len(platforms))
	var wg sync.WaitGroup
	for i, p := range platforms {
		wg.Go(func() {
			if err := p.Run(ctx, h); err != nil {
				errs[i] = fmt.Errorf("%s: %w", p.Name(), err)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
