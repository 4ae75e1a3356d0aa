using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Batches;

/// <summary>An archive that is done.</summary>
/// <param name="Done">How many are, this one included.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Report">What was seen.</param>
/// <param name="Folder">Where it was written.</param>
/// <param name="Took">How long.</param>
public sealed record BatchProgress(int Done, int Of, GradeReport Report, string Folder, TimeSpan Took);

/// <summary>Grades many archives, some at once. None sees another: each has a folder, a workplace and sandboxes of its own.</summary>
/// <param name="grader">Grades one.</param>
/// <param name="rubric">For the reports.</param>
/// <param name="root">Where reports go.</param>
/// <param name="parallel">How many at once, at least 1.</param>
/// <param name="time">The clock.</param>
public sealed class GradeBatch(Grader grader, Rubric rubric, string root, int parallel, TimeProvider time)
{
    /// <summary>Half the processors: a check that times out keeps one busy.</summary>
    public static int DefaultParallel => Math.Max(1, Environment.ProcessorCount / 2);

    /// <param name="archives">In the order of the summary.</param>
    /// <param name="progress">Told of each archive as it is done, one call at a time.</param>
    /// <param name="cancel">Ends it; what is done stays, with a summary.</param>
    public BatchSummary Run(IReadOnlyList<string> archives, Action<BatchProgress> progress, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(root);
        var names = ReportFolder.Names(archives);
        var reports = new GradeReport?[archives.Count];
        var telling = new Lock();
        var done = 0;
        try
        {
            Parallel.For(0, archives.Count, new() { MaxDegreeOfParallelism = parallel, CancellationToken = cancel }, index =>
            {
                var start = time.GetTimestamp();
                var folder = Path.Combine(root, names[index]);
                var graded = grader.Grade(archives[index], cancel);
                ReportFolder.Write(graded, folder, rubric);
                lock (telling)
                {
                    reports[index] = graded.Report;
                    progress(new(++done, archives.Count, graded.Report, folder, time.GetElapsedTime(start)));
                }
            });
        }
        finally
        {
            Write(BatchSummary.Of([.. reports.Index().Where(one => one.Item is not null).Select(one => (names[one.Index], one.Item!))]));
        }
        return BatchSummary.Of([.. reports.Index().Select(one => (names[one.Index], one.Item!))]);
    }

    private void Write(BatchSummary summary)
    {
        File.WriteAllText(Path.Combine(root, "summary.json"), summary.ToJson());
        File.WriteAllText(Path.Combine(root, "index.html"), BatchPage.Write(summary));
    }
}
