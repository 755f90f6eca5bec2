// Package contract is the rules engine of a customer service and support
// contract: when service is open, when an answer is due and whether it was late,
// what is owed and since when, how it ends. A contract is data; its answers explain
// themselves.
//
// # A document is compiled, then asked
//
// A [Document] is the contract as written: plain structs with JSON, in which every
// name, unit and choice is a word that a person can read aloud. [Parse] reads it
// strictly, [Compile] makes every cross-check once and returns all faults at once,
// and the [Contract] that comes out is immutable and safe for concurrent use:
//
//	doc, err := contract.Parse(data)
//	c, err := contract.Compile(doc, contract.Reference{
//		Calendars: map[string]*contract.Calendar{"cn": cn.Calendar()},
//	})
//	due, err := c.Deadline("technical response", received)
//	fmt.Println(due.Due, due.Explain().Text(proof.English))
//
// There are no options, no clock (the instant asked about is an argument), no
// I/O, no floats and no package state that an answer could depend on. Nothing
// panics but the Must functions.
//
// Clause numbers in these docs are those of the sample contract,
// testdata/sample/contract.json: 4.1(2) is a number of its body, "contents 13.2"
// one that only its table of contents has.
//
// # Choices
//
// Where the text of a contract can be read in two ways, the document states which
// way it is read, in a word of a closed list ([Roll], [Ends], [MakeupDays] and
// others). A choice that a rule needs and that is not stated is a fault, never a
// default; a word without effect is a fault too. Document.Readings marks the places
// where the text left the choice open, and what else it could be.
//
// # Time
//
// Service time is one non-decreasing function F(t), the open time before t, and
// its inverse. Adding d to t is F⁻¹(F(t)+d); the time between a and b is F(b)−F(a).
// Windows are half-open. [Schedule.Add] gives the earliest instant by which the
// time has passed: time used up exactly at closing ends at closing. An event
// exactly at the due instant is in time; late is judged by instants, and an
// overrun is told on the clock and in service time.
//
// A [Span] names its clock: "3 service minutes", "12 clock hours", "7 working
// days", "30 days", "1 month". No clock has a default. Days, weeks, months and years
// are counted as the document's [PeriodsClause] says, in targets as everywhere.
//
// Local time becomes an instant by one rule: the first instant at which the local
// clock shows that time or later. Instants come out in the contract's zone. The
// package needs the tz database for the zones that documents name; a program that
// runs where there is none imports time/tzdata itself.
//
// What a date has is decided in one order: hours agreed for it, before what a make-up
// day has, before what a holiday has, before its weekday in the week of the season or
// of the clause. Schedules are put together by [Schedule.Union],
// [Schedule.Intersection] and [Schedule.Difference]. No question about service time or
// working days walks from day to day: none takes longer for a longer time. Each has a
// working, as [Schedule.ExplainAdd] is that of Add.
//
// # Working days
//
// A working day is a property of the calendar, not of a service window: see
// [DaysClause]. The day of the event is not counted. A make-up day (a weekend day
// worked in exchange for a holiday) counts or does not, as the document says,
// whether the window opens on it or not; and since a working day may have no window
// to close with, the document says when such a day ends.
//
// # Unknown is not closed
//
// A [Calendar] knows to which day it is certain. Beyond it an answer is [ErrRange],
// or provisional where a handle asks for that: [Contract.Provisional],
// [Schedule.Provisional]. A provisional answer says from which day it is so.
//
// Days of one's own are laid over a calendar with [Calendar.With]; what another edition
// has otherwise [Calendar.Changes] lists, and which deadlines move [Contract.Moved].
//
// # Measuring
//
// A [Request] carries the events of its life in any order: a log to which is only
// added. [Contract.Measure] tells how each target that binds it stands at an instant:
// only what happened by then and was on record counts, the first event that qualifies
// ends it and later ones are kept, and pauses stop the clock for the reasons that the
// contract allows, however they overlap and whenever they were reported. What else may
// happen is a word of the document: a repair that is undone ([Reopened]), a priority
// that changes ([PriorityChange]), a customer who asks again ([MeasureNextResponse]), an
// event in time that grants more time, perhaps on another clock ([ExtensionClause]).
// Only what cannot have happened is an error, which names the event: a resumption of
// no pause, an event before the receipt by more than requests.clockSkew. It is the
// error of one request, and no other suffers from it.
//
// [Measurement.Warnings] tells when parts of the time are used up and
// [Measurement.Next] when to ask again; [Target.Due] is the answer for loops over
// many requests, from as many goroutines as there are, and [Target.DuePaused] for a
// service that keeps its own clocks and has pauses but no events.
//
// A [Tally] counts measurements by period, and by groups of requests where the clause
// makes them, each of which is held against a threshold by itself; a [StatisticTally]
// the time that they took; tallies merge in any order. [Contract.Satisfaction] counts
// surveys: the share of good answers, the mean of weights, or the mean [Score]. Too few
// to say is no figure, never 100 %. A [RatioTally] counts contacts, such as calls: the
// share answered within a time, marked, or abandoned.
//
// [Contract.Availability] makes a figure of [Outage] records for each period: those that
// overlap or touch are one, each counts in a period with its own part, maintenance that was
// announced in time does not count. A period that runs has no figure yet, and says what
// it comes to at best. Periods are calendar months or quarters, or service months or
// thirty days from the first day of the term; a clause that changes counts from the next
// that begins under both.
//
// # Events out of a service desk
//
// A desk keeps states, a contract speaks of events. An export of state changes, with
// the time of each, becomes events by a table of its own; these are starting points
// for the states that the products come with, to be held against the contract's
// words. Where one state follows another directly, the end of the first comes with
// the beginning of the second, at one instant: their order does not matter.
//
// ServiceNow, the states of an incident (sys_audit or metric_instance has the times):
//
//	New                         Request.Received is opened_at
//	In Progress, the first      accepted
//	On Hold, by its reason      paused, for: Awaiting Caller, Awaiting Vendor, Awaiting Change, Awaiting Problem
//	from On Hold to any other   resumed, for the same reason
//	first comment to the caller responded; by a rule or a notification: automatic reply
//	Resolved                    restored, and resolved where no problem record is open
//	from Resolved, Closed back  reopened
//	Canceled                    cancelled
//	priority, by field change   priority changed
//
// Jira Service Management, the statuses of the service workflow (the changelog of an
// issue has the times):
//
//	Waiting for support, the first    Request.Received is created
//	In progress, the first            accepted
//	Waiting for customer              paused, for: waiting for customer; from it to any other: resumed
//	Pending, Escalated                paused, if the contract knows such a reason; else nothing
//	first public comment of an agent  responded; of an automation: automatic reply
//	public comment of the reporter    asked again, once there was a response
//	Resolved, with a resolution       restored and resolved
//	resolution cleared                reopened
//	Canceled                          cancelled
//
// Zendesk, the status of a ticket (its audits have the times):
//
//	new                               Request.Received is created_at
//	open, the first                   accepted
//	pending                           paused, for: waiting for customer; from it to any other: resumed
//	on-hold                           paused, for the third party that is waited for; from it: resumed
//	first public comment of an agent  responded; by a trigger: automatic reply
//	public comment of the end user    asked again, once there was a response
//	solved                            restored and resolved
//	from solved back to open          reopened; closed is the desk's own doing, days later, and no event
//	priority changed                  priority changed
//
// Zammad, the state of a ticket (its history has the times):
//
//	new                               Request.Received is created_at
//	open, the first                   accepted
//	pending reminder                  paused, for: waiting for customer; from it to any other: resumed
//	pending close                     restored and resolved; back to open: reopened
//	first article of an agent         responded; sent by a trigger: automatic reply
//	article of the customer           asked again, once there was a response
//	closed                            restored and resolved; back to open: reopened
//	merged                            cancelled: the ticket that it went into is measured
//	priority                          priority changed
//
// Three things do not follow from the states. Whether a state in which the desk waits
// stops the clock is the contract's to say: report every pause with its reason, and
// [Measurement.PausesNotAllowed] lists those that it does not allow. Desks stop their
// own clocks by rules of their own; let them tell when things happened, and nothing
// else. And what was typed in later has two times: when it happened, and Recorded.
//
// # Change
//
// Amendments stand in the document, each change with what it found. A handle
// spans all versions of the terms; the day on which a request was received picks
// its terms. [Document.InForce] and [Document.KnownOn] are the two axes of time,
// from document to document.
//
// # Workings
//
// Every result has Explain, which returns a
// [proof.Working]: the steps from quoted premises to the figure, which anyone can
// redo with proof's Check and read in English or Chinese. Nothing is recorded
// until it is asked for.
//
// # Errors
//
// Faults are [Error] values: the place (a JSON Pointer, a record's source), the
// clause, a kind for errors.Is ([ErrRequired], [ErrRange] and others) and a text
// that says what would have been right. Several come together as [Errors].
//
// # Money
//
// An amount has one currency and is exact; it is rounded once a line, at the points
// that the document names, by [RoundingClause]. [Contract.Invoice] makes an invoice
// of a flat item, or of work and usage; [Contract.Due] tells its due date;
// [Contract.Account] keeps the account of one side's debts, day by day: which part of
// a debt each payment met, and what lateness costs, at a daily rate, a rate a year or
// a multiple of a published [Series]. [Contract.Credits], [Contract.Penalties] and
// [Contract.Liability] are what the provider's failures cost. A question that no
// clause answers, and no article of the governing law, is [ErrSilent], never 0.
//
// # Term and ending
//
// [Contract.Term] follows renewals and tells the last day on which a notice against
// the next one arrives in time; [Contract.Arrival] tells when a notice counts as
// received, [Contract.LastDispatch] by when to send one. [Contract.Rights] lists who
// may suspend or end and since when, [Contract.Refund] and [Contract.Settlement] what
// an end leaves.
//
// # The statement
//
// [Contract.Statement] is all of it over records, as of an instant: who owes what,
// what is claimed and what the contract gives, findings, agenda, doubts. Records say
// when they happened and when they became known; what was not known at the instant
// is left out. A record that cannot be used is listed as refused, and spoils no other.
// The debt of an invoice is what the contract gives for what was not billed before, at
// most what was invoiced, less the credits taken off it; a payment that names no debt
// meets what is due; nothing is netted. Requests and surveys are sequences, read once.
//
// # What this version does not compute
//
// Graduated and volume prices, packages; what force majeure relieves; the deposit; the
// tax of a refund. [Contract.NotComputed] lists the chapters of a contract that are
// parsed, held against the rest of the document and kept.
package contract
