using Course.TakeHome.Folder;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Batches;

/// <summary>Progress of a batch, after each archive.</summary>
/// <param name="Done">The number of archives that are done, including this one.</param>
/// <param name="Of">The number of archives in the batch.</param>
/// <param name="Report">The archive's report.</param>
/// <param name="Folder">The folder that the report was written to.</param>
/// <param name="Took">The time that grading took.</param>
public sealed record BatchProgress(int Done, int Of, GradeReport Report, string Folder, TimeSpan Took);

/// <summary>
/// Grades many archives, several at a time. They cannot see each other: each has its own report folder, workplace and sandboxes.
/// </summary>
/// <param name="grader">Grades one archive.</param>
/// <param name="rubric">The rubric that reports quote.</param>
/// <param name="root">The folder of the reports.</param>
/// <param name="parallel">The number of archives that are graded at a time, at least 1.</param>
/// <param name="time">The clock.</param>
/// <param name="seeds">The seed of each archive's folder; null uses the grader's seed.</param>
public sealed class GradeBatch(Grader grader, Rubric rubric, string root, int parallel, TimeProvider time, GivenSeeds? seeds = null)
{
    /// <summary>Half of the processors, because a check that times out keeps one busy.</summary>
    public static int DefaultParallel => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Grades all archives and writes reports and a summary.</summary>
    /// <param name="archives">The archives, in the order of the summary.</param>
    /// <param name="progress">Called after each archive, one call at a time.</param>
    /// <param name="cancel">Cancels the batch. Finished reports and their summary are kept.</param>
    /// <returns>The summary of these archives. The one on disk also has the archives that earlier runs graded into the folder.</returns>
    /// <exception cref="CourseException">A report cannot be written.</exception>
    public BatchSummary Run(IReadOnlyList<string> archives, Action<BatchProgress> progress, CancellationToken cancel = default)
    {
        AtomicFile.CreateFolder(root, ownerOnly: true);
        var names = ReportFolder.Names(archives, root);
        var reports = new GradeReport?[archives.Count];
        var telling = new Lock();
        var done = 0;
        BatchSummary summary;
        try
        {
            Parallel.For(0, archives.Count, new() { MaxDegreeOfParallelism = parallel, CancellationToken = cancel }, index =>
            {
                var start = time.GetTimestamp();
                var folder = Path.Combine(root, names[index]);
                var graded = (seeds is null ? grader : grader.Under(seeds.Of(archives[index]))).Grade(archives[index], cancel);
                ReportFolder.Write(graded, folder, rubric);
                lock (telling)
                {
                    reports[index] = graded.Report;
                    progress(new(++done, archives.Count, graded.Report, folder, time.GetElapsedTime(start)));
                }
            });
        }
        // A full disk makes every archive fail: one message is enough.
        catch (AggregateException e) when (e.InnerExceptions.OfType<CourseException>().FirstOrDefault() is { } first)
        {
            throw new CourseException($"{first.Message} {done} of {archives.Count} archives were graded before.", e);
        }
        finally
        {
            summary = Write([.. reports.Index().Where(one => one.Item is not null).Select(one => (names[one.Index], one.Item!))]);
        }
        return new([.. summary.Archives.Where(entry => names.Contains(entry.Folder))]);
    }

    /// <summary>Writes one summary of everything that was graded into the folder: earlier archives first, then these.</summary>
    private BatchSummary Write(IReadOnlyList<(string Folder, GradeReport Report)> graded)
    {
        var file = Path.GetFullPath(Path.Combine(root, "summary.json"));
        return LockedFile.WithLock(file, () =>
        {
            var summary = BatchSummary.Of(
                [.. ReportFolder.Graded(root).ExceptBy(graded.Select(each => each.Folder), each => each.Folder), .. graded]);
            AtomicFile.WritePrivate(file, summary.ToJson());
            AtomicFile.WritePrivate(Path.Combine(root, "index.html"), BatchPage.Write(summary));
            return summary;
        });
    }
}
