using Course.TakeHome.Folder;
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
/// <param name="seeds">The seed that each archive's folder was given out with; null leaves them to the grader.</param>
public sealed class GradeBatch(Grader grader, Rubric rubric, string root, int parallel, TimeProvider time, GivenSeeds? seeds = null)
{
    /// <summary>Half the processors: a check that times out keeps one busy.</summary>
    public static int DefaultParallel => Math.Max(1, Environment.ProcessorCount / 2);

    /// <param name="archives">In the order of the summary.</param>
    /// <param name="progress">Told of each archive as it is done, one call at a time.</param>
    /// <param name="cancel">Ends it; what is done stays, with a summary.</param>
    /// <returns>Of these archives. On disk, the summary keeps what earlier runs graded into the same folder.</returns>
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
        // a disk that is full is so for all of them
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

    /// <summary>One index for all that was ever graded into the folder: what was there first, then what is new.</summary>
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
