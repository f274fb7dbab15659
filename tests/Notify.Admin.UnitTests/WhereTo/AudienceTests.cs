using Notify.Admin.Channels;
using Notify.Admin.WhereTo;

namespace Notify.Admin.UnitTests.WhereTo;

public sealed class AudienceTests
{
    private static readonly EventRecord Asked =
        new(0, "1", "/s", "scan.stopped", DateTimeOffset.UnixEpoch, Severity.Medium, new EventFields());

    private static readonly IReadOnlySet<ChannelKey> Nobody = new HashSet<ChannelKey>();

    [Fact]
    public void Of_ManyChannels_HasTheNearestFirst_AndAPageOfEach()
    {
        // 40 that hear it, 40 of another kind, 40 that are two conditions away, 40 that are one.
        int[] away = [0, ChannelDistance.OfOtherKind, 2, 1];
        var rules = Rules(160, id => away[id % 4]);

        var first = Audience.Of([rules], Asked, Nobody, null, new(1), new(1));
        var missed = Enumerable.Range(1, 9).SelectMany(page => Audience.Of([rules], Asked, Nobody, null, new(1), new(page)).MissedRows)
            .ToList();

        (first.Sent, first.Missed, first.SentFound, first.MissedFound).ShouldBe((40, 120, 40, 120));
        first.SentRows.Select(row => row.Channel.Id).ShouldBe(Enumerable.Range(0, AudiencePage.Size).Select(at => at * 4));
        first.MissedRows.ShouldAllBe(row => row.IsNear);
        missed.Select(row => row.Channel.Id).ShouldBe(
            new[] { 3, 2, 1 }.SelectMany(rest => Enumerable.Range(0, 40).Select(at => (at * 4) + rest)));
        Audience.Of([rules], Asked, Nobody, null, new(99), new(99)).MissedRows.ShouldBeEmpty();
    }

    [Fact]
    public void Of_ABoundChannel_IsSentIt_WhateverItsRulesSay()
    {
        var bound = new ChannelKey(ChannelKind.Slack, 1);

        var audience = Audience.Of([Rules(3, _ => ChannelDistance.OfOtherKind)], Asked, new HashSet<ChannelKey> { bound }, null, new(1),
            new(1));

        audience.SentRows.Select(row => row.Channel).ShouldBe([bound]);
        audience.MissedRows.Select(row => row.Channel.Id).ShouldBe([0, 2]);
    }

    [Fact]
    public void Of_ASearch_ListsThoseOfThatName_AndCountsAll()
    {
        var rules = new PretendRules([.. new[] { "Zoë’s pager", "Ops", "zoe ops" }
            .Select((name, at) => new ChannelDistance(new ChannelKey(ChannelKind.Slack, at), name, at))]);

        var audience = Audience.Of([rules], Asked, Nobody, "ZOE", new(1), new(1));

        (audience.Sent, audience.SentFound, audience.Missed, audience.MissedFound).ShouldBe((1, 1, 2, 1));
        audience.MissedRows.ShouldHaveSingleItem().Name.ShouldBe("zoe ops");
    }

    private static PretendRules Rules(int count, Func<int, int> away) =>
        new([.. Enumerable.Range(0, count).Select(id => new ChannelDistance(new ChannelKey(ChannelKind.Slack, id), $"c{id}", away(id)))]);

    private sealed class PretendRules(IReadOnlyList<ChannelDistance> channels) : IMatcherSnapshot
    {
        public IEnumerable<ChannelMatch> Match(EventRecord record) => [];

        public IEnumerable<ChannelDistance> Measure(EventRecord record) => channels;

        public ChannelExplanation? Explain(EventRecord record, int channelId) => null;

        public IEnumerable<ChannelCover> Cover(EventClass events) => [];
    }
}
