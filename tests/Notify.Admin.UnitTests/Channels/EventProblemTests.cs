using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Channels;

public sealed class EventProblemTests
{
    [Fact]
    public void KeyOf_OfOneScan_IsTheSameWhateverHappensToIt()
    {
        var started = Of("scan.started", new EventFields { ScanId = "4711", Target = "https://a.example" });

        EventProblem.KeyOf(started).ShouldBe(EventProblem.KeyOf(Of("scan.completed", new EventFields { ScanId = "4711" })));
        EventProblem.KeyOf(started)!.Length.ShouldBe(EventProblem.KeyLength);
    }

    [Fact]
    public void KeyOf_OfAnotherScanSourceOrProblem_Differs()
    {
        var scan = Of("scan.started", new EventFields { ScanId = "4711" });
        string?[] keys =
        [
            EventProblem.KeyOf(scan),
            EventProblem.KeyOf(scan with { Source = "other" }),
            EventProblem.KeyOf(Of("scan.started", new EventFields { ScanId = "4712" })),
            EventProblem.KeyOf(Of("alertmanager.alert", new EventFields { Problem = "4711" })),
        ];

        keys.Distinct().Count().ShouldBe(4);
        keys.ShouldNotContain((string?)null);
    }

    [Fact]
    public void KeyOf_OfASourceHere_GoesByTheSource_WhateverItIsCalled()
    {
        var alert = Of("alertmanager.alert", new EventFields { Problem = "disk" }) with { Source = "/sources/Ops", SourceId = 1 };
        var key = EventProblem.KeyOf(alert);

        EventProblem.KeyOf(alert with { Source = "/sources/Renamed" }).ShouldBe(key);
        EventProblem.KeyOf(alert with { SourceId = 2 }).ShouldNotBe(key, "another source of the same name");
        EventProblem.KeyOf(alert with { SourceId = null }).ShouldNotBe(key, "posted to /api/events");
        EventProblem.KeyOf(alert with { SourceId = null, Source = "/sources/1" }).ShouldNotBe(key, "posted to /api/events, by the id");
    }

    [Fact]
    public void KeyOf_OfAPostedCloudEvent_GoesByItsOwnSource()
    {
        var posted = Of("scan.started", new EventFields { ScanId = "4711" });

        EventProblem.KeyOf(posted with { SourceId = 1 }).ShouldBe(EventProblem.KeyOf(posted));
    }

    [Fact]
    public void KeyOf_WithoutAName_IsNull()
    {
        EventProblem.KeyOf(Of("scan.started", new EventFields())).ShouldBeNull();
        EventProblem.KeyOf(Of("com.example.other", new EventFields { ScanId = "4711" })).ShouldBeNull();
        EventProblem.KeyOf(Of("alertmanager.alert", new EventFields { State = EventState.Open })).ShouldBeNull();
    }

    [Theory]
    [InlineData("scan.started", EventState.None, EventState.Open)]
    [InlineData("scan.resumed", EventState.None, EventState.Open)]
    [InlineData("scan.completed", EventState.None, EventState.Resolved)]
    [InlineData("scan.aborted", EventState.None, EventState.Resolved)]
    [InlineData("alertmanager.alert", EventState.Resolved, EventState.Resolved)]
    [InlineData("alertmanager.alert", EventState.None, EventState.None)]
    public void StateOf_IsWhatTheEventSays_OrWhatItsKindMeans(string type, EventState said, EventState expected) =>
        EventProblem.StateOf(type, said).ShouldBe(expected);

    private static EventRecord Of(string type, EventFields fields) =>
        new(1, "e1", "scanner", type, DateTimeOffset.UnixEpoch, Severity.NotStated, fields);
}
