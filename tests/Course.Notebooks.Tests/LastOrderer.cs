using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer("Course.Notebooks.Tests.LastOrderer", "Course.Notebooks.Tests")]

namespace Course.Notebooks.Tests;

/// <summary>Runs the collection that takes minutes after those that take milliseconds, and alone.</summary>
public sealed class LastOrderer : ITestCollectionOrderer
{
    public const string Last = "zz runs last";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == Last);
}
