using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Channels;

public sealed class EventLikenessTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_TitleAndAsset_AreTheSameWhateverTheCaseOfTheAsset()
    {
        var like = Of("Disk full", "Web-01");

        like.ShouldBe(Of("Disk full", "WEB-01"));
        like.Problem.ShouldBeNull();
        like.Title.ShouldNotBe(Of("Disk Full", "Web-01").Title);
        like.Title.ShouldNotBe(Of("Disk full", "web-02").Title);
        like.Title.ShouldNotBe(Of("Disk full", null).Title);
        Of("Disk full", null).Title.ShouldNotBeNull();
        Of(null, "web-01").Title.ShouldBeNull();
    }

    [Fact]
    public void Of_AProblem_IsTheSourcesOwn()
    {
        var like = Of("Disk full", "web-01", "p-1");

        like.Problem.ShouldNotBeNull();
        like.Title.ShouldBe(Of("Disk full", "web-01").Title);
        like.Problem.ShouldBe(Of("Disk is fine again", "web-01", "p-1").Problem);
        like.Problem.ShouldNotBe(Of("Disk full", "web-01", "p-2").Problem);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(90)]
    public void Back_NamesWhatTheSameEventHadOnEachOfTheDays_AndFewOthers(int days)
    {
        var back = Of("Disk full", "web-01").Back(At, days).ToList();

        for (var hours = 0; hours <= days * 24; hours++)
        {
            back.ShouldContain(EventLikeness.Of(Event("Disk full", "web-01", null), At.AddHours(-hours)));
        }

        back[0].ShouldBe(Of("Disk full", "web-01"));
        back.Count.ShouldBeInRange(1, (days / 7) + 2);
    }

    private static EventLikeness Of(string? title, string? asset, string? problem = null) =>
        EventLikeness.Of(Event(title, asset, problem), At);

    private static EventRecord Event(string? title, string? asset, string? problem) => new(0, "e", "tests", "x", At, Severity.High,
        new EventFields { Title = title, Asset = asset, Problem = problem });
}
