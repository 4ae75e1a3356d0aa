using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Tests.Rubrics;

/// <summary>The course's own rubric and question bank.</summary>
internal static class CourseRubric
{
    public static string Root { get; } = FindRoot();

    public static Rubric Rubric { get; } = RubricFile.Read(Path.Combine(Root, "data/rubric/rubric.yaml"));

    public static QuestionBank Bank { get; } = QuestionFile.Read(Path.Combine(Root, "data/rubric/questions.yaml"), Rubric);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Course.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No Course.sln above the tests.");
        return folder.FullName;
    }
}
