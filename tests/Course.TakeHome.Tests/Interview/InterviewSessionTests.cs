using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Interview;
using Course.TakeHome.Tests.Rubrics;

namespace Course.TakeHome.Tests.Interview;

public class InterviewSessionTests
{
    private static InterviewSession Ticked(params string[] ids) =>
        ids.Aggregate(InterviewSession.Start("Ada", null, TimeProvider.System), (session, id) => session.Tick(id, CourseRubric.Rubric));

    private static PartScore Probe(params string[] ids) => PartScore.Of(CourseRubric.Rubric.Parts[1], Ticked(ids).Ticks.ToHashSet());

    [Fact]
    public void Without_ticks_a_part_scores_nothing() => Assert.Equal(0, Probe().Score);

    [Fact]
    public void One_indicator_alone_reaches_no_level() => Assert.Equal(0, Probe("probe-5-proof").Score);

    [Fact]
    public void Progress_says_what_is_missing_for_the_ticked_level()
    {
        Assert.Equal("1 of 2 for level 5", Probe("probe-5-proof").Progress);
        Assert.Equal("", Probe("probe-5-proof", "probe-5-testing").Progress);
        Assert.Equal("1 of 2 for level 5", Probe("probe-3-ratio", "probe-5-proof").Progress);
    }

    [Fact]
    public void A_typing_mistake_of_one_letter_gets_the_intended_name_suggested_first() => Assert.Contains(
        "The nearest: filter-4-overload,", Assert.Throws<CourseException>(() => Ticked("filter-4-overlod")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("overlod", "overload", 1)]
    public void Edits_counts_the_letters_to_be_changed(string one, string other, int edits) =>
        Assert.Equal((edits, edits), (Likeness.Edits(one, other), Likeness.Edits(other, one)));

    [Fact]
    public void Two_of_a_level_reach_it_whatever_is_missing_below() => Assert.Equal(5, Probe("probe-5-proof", "probe-5-testing").Score);

    [Fact]
    public void An_indicator_of_a_higher_level_counts_for_the_lower_one() => Assert.Equal(3, Probe("probe-3-ratio", "probe-5-proof").Score);

    [Fact]
    public void A_red_flag_caps_at_its_level_and_the_uncapped_score_is_kept()
    {
        var score = Probe("probe-5-proof", "probe-5-testing", "probe-flag-threshold");
        Assert.Equal((2, 5), (score.Score, score.Reached));
        Assert.Single(score.Flags);
    }

    [Fact]
    public void Ticking_twice_is_ticking_once_and_can_be_taken_back()
    {
        var session = Ticked("filter-3-cpu", "filter-3-cpu");
        Assert.Single(session.Ticks);
        Assert.Empty(session.Untick("filter-3-cpu").Ticks);
    }

    [Fact]
    public void An_unknown_indicator_is_refused_and_the_nearest_are_named() => Assert.Contains(
        "filter-3-cpu", Assert.Throws<CourseException>(() => Ticked("filter-cpu")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_unlike_any_other_is_refused_without_suggestions_and_with_where_to_look()
    {
        var message = Assert.Throws<CourseException>(() => Ticked("nonsense")).Message;
        Assert.DoesNotContain("nearest", message, StringComparison.Ordinal);
        Assert.Contains("`course interview show`", message, StringComparison.Ordinal);
        message = Assert.Throws<CourseException>(() => Ticked().Answered("nonsense", AnswerLevel.Good, "", CourseRubric.Bank)).Message;
        Assert.Contains("`course interview followups --count ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_finding_brings_its_questions_first_and_says_why()
    {
        var failed = Graded.Session(new Finding("rejection/law", true, "0.1 from the target's law", ""), new("rewind", false, "held", ""));
        var first = FollowUp.For(failed, CourseRubric.Rubric, CourseRubric.Bank, 5);
        Assert.All(first, each => Assert.Contains("rejection", each.Question.SuggestedBy));
        Assert.All(first, each => Assert.Contains("failed rejection/law: 0.1 from the target's law", each.Because));
    }

    [Fact]
    public void A_question_that_names_the_check_comes_before_those_that_name_its_exercise()
    {
        var failed = Graded.Session(new Finding("loop/visible/draft's cache", true, "holds a guess", ""));
        var first = FollowUp.For(failed, CourseRubric.Rubric, CourseRubric.Bank, 3);
        Assert.Equal(["rewind-by-how-many", "silent-draft-cache"], first.Take(2).Select(each => each.Question.Id).Order());
        Assert.Contains("loop", first[2].Question.SuggestedBy);
    }

    [Fact]
    public void A_finding_without_a_question_in_the_bank_gets_the_reports_own_question()
    {
        var failed = Graded.Session(
            new Finding("archive/seed", true, "another seed", "Whose folder is this?"),
            new("loop/visible/greedy", true, "differs", "Where would you look?"), new("note", false, "seen", "?"));
        Assert.Equal("archive/seed", Assert.Single(FollowUp.OfTheReport(failed, CourseRubric.Bank)).Id);
    }

    [Fact]
    public void Observed_indicators_and_asked_questions_are_not_suggested_again()
    {
        var all = FollowUp.For(Ticked(), CourseRubric.Rubric, CourseRubric.Bank, 100);
        var asked = Ticked().Answered(all[0].Question.Id, AnswerLevel.Good, "", CourseRubric.Bank);
        Assert.DoesNotContain(FollowUp.For(asked, CourseRubric.Rubric, CourseRubric.Bank, 100),
            each => each.Question.Id == all[0].Question.Id);
        var everything = Ticked([.. CourseRubric.Rubric.Indicators.Select(at => at.Indicator.Id)]);
        Assert.Empty(FollowUp.For(everything, CourseRubric.Rubric, CourseRubric.Bank, 100));
    }

    [Fact]
    public void The_next_level_is_asked_for_before_the_ones_beyond()
    {
        var first = FollowUp.For(Ticked("probe-1-draft-and-check", "probe-1-fallback"), CourseRubric.Rubric, CourseRubric.Bank, 2);
        Assert.All(first, each => Assert.Contains(each.Question.Settles,
            id => id.StartsWith("probe-2", StringComparison.Ordinal) || id.StartsWith("filter-1", StringComparison.Ordinal)));
    }
}
