using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner;

/// <summary>One statement of the runner's.</summary>
/// <param name="Number">From 0, without gaps.</param>
/// <param name="Outcome">Of a check.</param>
/// <param name="Hidden">Whether the check was a hidden one.</param>
/// <param name="Picture">The answer's chart as SVG, drawn here from what it says is in it.</param>
/// <param name="Suspect">What the candidate's tests made of a decoder.</param>
/// <param name="Timed">What the clock said.</param>
/// <param name="Last">Whether the runner came to its end; then the line says nothing else.</param>
public sealed record RunnerLine(
    int Number, CheckOutcome? Outcome = null, bool Hidden = false, string? Picture = null, SuspectOutcome? Suspect = null, TimedDecoders? Timed = null, bool Last = false);

/// <summary>What a suite of tests made of one decoder.</summary>
/// <param name="Decoder">Its namespace.</param>
/// <param name="Tests">How many tests there are.</param>
/// <param name="Objecting">Those that threw, by name.</param>
/// <param name="Objection">What the first of them said.</param>
/// <param name="Ended">Whether all tests came to an end in time.</param>
public sealed record SuspectOutcome(string Decoder, int Tests, IReadOnlyList<string> Objecting, string Objection, bool Ended);

/// <summary>Seconds of one text, in the order in which they were taken: equal places were timed one after the other.</summary>
/// <param name="Tokens">Of the text.</param>
/// <param name="Candidate">The candidate's decoder.</param>
/// <param name="Reference">The reference.</param>
/// <param name="Alone">The target by itself, one token a call.</param>
/// <param name="CandidateCalls">Calls of the target.</param>
/// <param name="ReferenceCalls">Calls of the target.</param>
public sealed record TimedDecoders(
    int Tokens, IReadOnlyList<double> Candidate, IReadOnlyList<double> Reference, IReadOnlyList<double> Alone, int CandidateCalls, int ReferenceCalls);
