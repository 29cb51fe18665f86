package bot

import "time"

// A State is how a platform is doing.
type State string

// The states of a platform.
const (
	Starting   State = "starting"   // Run has not begun
	Connecting State = "connecting" // it cannot take questions, and tries to
	Degraded   State = "degraded"   // it takes questions over some of its connections
	Ready      State = "ready"      // it takes questions
	Stopping   State = "stopping"   // it finishes what is under way, and takes nothing on
	Stopped    State = "stopped"    // it was asked to end, and did
	Failed     State = "failed"     // it ended, and trying again would not cure it
)

// States are all there are.
var States = []State{Starting, Connecting, Degraded, Ready, Stopping, Stopped, Failed}

// TakesQuestions reports whether people who ask now get an answer.
func (s State) TakesQuestions() bool { return s == Ready || s == Degraded }

// A Health is what a platform says of itself at one moment. It holds no
// identifiers, no words of people and no secrets.
type Health struct {
	Platform string
	Mode     string
	State    State
	Since    time.Time // when State began
	Why      string    // what the state is due to, "" if that goes without saying

	Up, Wanted int       // connections that take questions, and how many there should be
	Heard      time.Time // when the service last said anything at all; zero if never
	Inbound    time.Time // when it last delivered something that people did; zero if never

	Counts         [Counts]uint64
	IdentifiesLeft int // gateway sessions that may still be started today; negative if that is not known
	Acks           Durations
}

// A Reporter is a [Platform] that says how it is. Health may be called at any
// time, by several goroutines.
type Reporter interface{ Health() Health }

// A Count is something of which a platform counts how often it happened.
type Count int

// What is counted.
const (
	Delivered   Count = iota // what people did, as the service delivered it
	Redelivered              // of these, what it said that it had delivered before
	Duplicates               // of these, what was known already and left out
	Dropped                  // of these, what was not taken on because too much was under way
	Undelivered              // answers that did not reach the service
	Retries                  // calls to the service that were made again
	RateLimited              // calls that the service refused because of its rate
	Reconnects               // connections that took the place of another one
	Unsigned                 // requests that the service did not sign
	Counts                   // how many there are of these
)
