// Package discordtest plays Discord for tests: the gateway, the REST API, and
// the signed interactions of the HTTP mode, on loopback or in memory.
//
//	d := discordtest.New(t)
//	p := discord.New(discord.Config{APIURL: d.URL(), Token: bot.NewSecret(d.Token()), …}, log)
//	go p.Run(ctx, handler)
//	d.AwaitReady()
//	in := d.Command("framework", discordtest.Option("name", "laravel"))
//	d.Dispatch(in.Event)
//	answer := d.Callback(in)
//
// The files:
//
//	server.go     Server: where it is, what it knows, waiting for something to happen
//	settings.go   what can be set: intervals, limits, intents
//	memory.go     a network in memory, for tests with testing/synctest
//	gateway.go    one connection of a bot: HELLO, IDENTIFY, RESUME, heartbeats
//	session.go    what outlives a connection: the sequence and what was sent
//	fault.go      what goes wrong with a connection, and when
//	payload.go    events: messages, guilds
//	interaction.go  events: commands, presses, message commands
//	rest.go       routes, authorisation, rate limits; *_rest.go are the routes
//	failure.go    what goes wrong with a request, and when
//	limits.go     everything that the bot sends is held against Discord's limits
//	sign.go       requests to the bot, signed and forged
//
// What breaks a rule of Discord is collected, and fails the test in the end
// unless the test takes it with [Server.Violations].
package discordtest
