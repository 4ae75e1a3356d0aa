using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Course.Cli.Interviewing;
using Course.TakeHome.Interview;

namespace Course.Cli.Verbs;

/// <summary>
/// `course interview`: keeps an interview session. Every action is a verb; without a verb, actions are read line by line.
/// </summary>
internal static class InterviewVerb
{
    private static readonly Option<string> Session = Options.Named(
        new Option<string>("--session")
        {
            Description = "The session's file, written after every action.",
            DefaultValueFactory = _ => Desk.DefaultSession,
            Recursive = true,
        },
        "the name of a file");

    private static readonly Option<string?> Rubric = Options.Named(
        new Option<string?>("--rubric")
        {
            Description = "A folder with rubric.yaml and questions.yaml; the course's own by default. " +
                "A session keeps the rubric with which " +
                "it was started.",
            Recursive = true,
        },
        "the name of a folder");

    public static Command Build()
    {
        var command = new Command("interview",
            "Keep an interview session: tick what you observe, see both scores, get follow-ups for this candidate, export the scorecard.")
        {
            Session, Rubric, Start(), Tick(), Note(), FollowUps(), Answer(), Show(), Export(),
        };
        command.SetAction(parsed => Lines(parsed.GetValue(Session)!, parsed.GetValue(Rubric), Console.In, !Console.IsInputRedirected));
        return command;
    }

    /// <summary>
    /// Reads actions until the end of the input or <c>quit</c>. A failed action prints its error and changes nothing; in a script it makes
    /// the exit code 1.
    /// </summary>
    private static int Lines(string session, string? rubric, TextReader input, bool prompts)
    {
        var failed = 0;
        while (Next() is { } line && line is not ("quit" or "exit"))
        {
            if (line.Length == 0)
                continue;
            string[] action =
            [
                "interview", .. CommandLineParser.SplitCommandLine(line), "--session", session,
                .. rubric is null ? Array.Empty<string>() : ["--rubric", rubric],
            ];
            var parsed = CourseCommand.Build().Parse(action, CourseCommand.Parsing);
            try
            {
                failed |= CourseCommand.Misunderstood(parsed) ?? parsed.Invoke(CourseCommand.Invocation);
            }
            catch (CourseException e)
            {
                (failed, _) = (1, Complain(e));
            }
        }
        return prompts ? 0 : failed;

        string? Next()
        {
            if (prompts)
                Console.Out.Write("start, tick, note, followups, answer, show, export, quit> ");
            return input.ReadLine()?.Trim();
        }

        static bool Complain(CourseException e)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return true;
        }
    }

    private static Command Start()
    {
        var candidate = new Argument<string>("candidate") { Description = "The candidate's name." };
        var report = Options.Path("--report", "The grading report of the take-home, as JSON.");
        return Action(new("start", "Start a session.") { candidate, report }, (parsed, desk) =>
        {
            var takeHome = parsed.GetValue(report) is { } path ? ReportFile.Read(path) : null;
            var session = desk.File.Start(
                InterviewSession.Start(parsed.GetValue(candidate)!, takeHome, TimeProvider.System) with { Rubric = desk.Kept });
            DeskView.Head(Terminal.Out, desk);
            Console.Out.WriteLine(
                $"Saved to {desk.File.Path} after every action. `followups` says what to ask {session.Candidate} first.");
        }, Desk.New);
    }

    private static Command Tick()
    {
        var ids = new Argument<string[]>("id")
        {
            Description = "Indicators or red flags; `show` lists them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var off = new Option<bool>("--off") { Description = "Remove the tick." };
        return Action(new("tick", "Tick what you observed.") { ids, off }, (parsed, desk) =>
        {
            desk.File.Change(session => parsed.GetValue(ids)!.Aggregate(
                session, (one, id) => parsed.GetValue(off) ? one.Untick(id) : one.Tick(id, desk.Rubric)));
            DeskView.Scores(Terminal.Out, desk);
        });
    }

    private static Command Note()
    {
        var text = new Argument<string[]>("text") { Description = "What to remember.", Arity = ArgumentArity.OneOrMore };
        return Action(new("note", "Take a note.") { text }, (parsed, desk) =>
        {
            var session = desk.File.Change(session => session.Noted(string.Join(' ', parsed.GetValue(text)!), TimeProvider.System));
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Note {session.Notes.Count}, {session.Notes[^1].At:HH:mm} UTC: {SafeText.Line(session.Notes[^1].Text)}"));
        });
    }

    private static Command FollowUps()
    {
        var count = Options.Whole("--count", "The number of questions.", 3, 1, 1000);
        return Action(new("followups",
            "Questions for this candidate: about findings of the take-home, then about what was not observed yet.") { count },
            (parsed, desk) =>
            DeskView.FollowUps(Terminal.Out, desk, parsed.GetValue(count)));
    }

    private static Command Answer()
    {
        var question = new Argument<string>("question") { Description = "The question's id." };
        var level = new Argument<AnswerLevel>("level")
        {
            Description = "How good the answer was.",
            HelpName = Wanted.Words<AnswerLevel>("|"),
            CustomParser = Wanted.Word<AnswerLevel>,
        };
        var remark = new Option<string>("--remark") { Description = "The answer in the candidate's words.", DefaultValueFactory = _ => "" };
        return Action(new("answer", "Record the answer to a follow-up.") { question, level, remark }, (parsed, desk) =>
        {
            var session = desk.File.Change(
                session => session.Answered(parsed.GetValue(question)!, parsed.GetValue(level), parsed.GetValue(remark)!, desk.Bank));
            var open = desk.Bank.Find(parsed.GetValue(question)!)!.Settles.Where(id => !session.Ticks.Contains(id)).ToArray();
            Console.Out.WriteLine($"{session.Asked[^1].Question}: {session.Asked[^1].Answer}. This does not change a score by itself." +
                (open.Length == 0 ? "" : $" It may settle these indicators; if you heard them: tick {string.Join(' ', open)}"));
        });
    }

    private static Command Show() =>
        Action(new("show", "Print the rubric with its ticks, and the scores."), (_, desk) => DeskView.Show(Terminal.Out, desk));

    private static Command Export()
    {
        var output = Options.Path("--out", "The folder to write to; the current one by default.");
        return Action(new("export", "Write the scorecard as HTML, Markdown and JSON.") { output }, (parsed, desk) =>
            Console.Out.WriteLine(string.Join('\n', ScorecardFiles.Write(desk.Card, parsed.GetValue(output) ?? "."))));
    }

    private static Command Action(Command command, Action<ParseResult, Desk> act, Func<string, string?, Desk>? open = null)
    {
        command.SetAction(parsed => act(parsed, (open ?? Desk.Open)(parsed.GetValue(Session)!, parsed.GetValue(Rubric))));
        return command;
    }
}
