package discordtest

import (
	"strconv"
	"sync/atomic"
	"time"
)

// Object is a JSON object as Discord sends or gets it.
type Object = map[string]any

// epoch is the first second of 2015, from which Discord counts
// (https://docs.discord.com/developers/reference#snowflakes).
const epoch = 1420070400000

// last is the ID that was given last.
var last atomic.Int64

// Snowflake returns an ID that was not given before and is later than all others.
func Snowflake() string {
	now := max(time.Now().UnixMilli()-epoch, 1) << 22
	for {
		before := last.Load()
		next := max(now, before+1)
		if last.CompareAndSwap(before, next) {
			return strconv.FormatInt(next, 10)
		}
	}
}

// GuildOn returns an ID of a guild that belongs to the shard
// (https://docs.discord.com/developers/events/gateway#sharding).
func GuildOn(shard, shards int) string {
	n := int64(281371)<<22 + last.Add(1)%1000
	for (n>>22)%int64(shards) != int64(shard) {
		n += 1 << 22
	}
	return strconv.FormatInt(n, 10)
}

// shardOf is the shard that an event of the guild goes to; direct messages go to 0.
func shardOf(guild string, shards int) int {
	n, err := strconv.ParseInt(guild, 10, 64)
	if err != nil {
		return 0
	}
	return int((n >> 22) % int64(max(1, shards)))
}
