package discordtest

import "time"

// Settings are what a test can change about Discord, at any time.
type Settings struct {
	// The gateway.
	HeartbeatInterval time.Duration // what HELLO says
	IgnoreHeartbeats  bool          // heartbeats are not acknowledged
	Shards            int           // what GET /gateway/bot recommends
	MaxConcurrency    int           // how many may identify at once
	Starts            int           // sessions that may be started before the limit is reset
	StartsLeft        int           // how many of them are left; each IDENTIFY takes one
	ResetAfter        time.Duration // until they are all there again
	IdentifySpacing   time.Duration // an IDENTIFY that comes sooner than this is answered with op 9
	Privileged        int           // privileged intents that are switched on for the application
	ResumeHost        string        // where resume_gateway_url leads, "" for this Server

	// REST.
	InteractionWithin time.Duration // a callback later than this after the interaction gets 10062; 0 for no limit
	PerChannel        int           // messages in a channel in five seconds; 0 for no limit
	PerSecond         int           // requests in a second, but for interactions; 0 for no limit
	EndpointURL       string        // interactions_endpoint_url of the application
	Flags             int           // of the application
}

// defaults are those of Discord, but for limits that tests rarely want.
func defaults() Settings {
	return Settings{
		HeartbeatInterval: 41250 * time.Millisecond,
		Shards:            1,
		MaxConcurrency:    1,
		Starts:            1000,
		StartsLeft:        1000,
		ResetAfter:        24 * time.Hour,
		InteractionWithin: 3 * time.Second,
	}
}

// Change changes the settings.
func (s *Server) Change(f func(*Settings)) {
	s.change(func() { f(&s.settings) })
}
