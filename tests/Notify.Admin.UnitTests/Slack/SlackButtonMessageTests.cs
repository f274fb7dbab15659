using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>Which messages have buttons, and what they say once somebody has acknowledged.</summary>
public sealed class SlackButtonMessageTests
{
    private const string Channel = "C0123456789";
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly SlackMessageSettings WithButtons = new(Channel) { HasButtons = true };
    private static readonly EarlierMessage First = new("D-1", "1.000001", Channel, Time.AddHours(-1));
    private static readonly Acknowledged Taken = new("ann@example.com", Time);

    [Fact]
    public void Compose_WithoutButtons_IsAsItWas()
    {
        var plain = Compose(new SlackMessageSettings(Channel), Message());

        plain.Body.ShouldNotContain("action_id");
        plain.Body.ShouldBe(Compose(WithButtons with { HasButtons = false }, Message()).Body);
    }

    [Fact]
    public void Compose_OfAProblem_HasThreeButtons_OfAnEventAloneOne()
    {
        ButtonsOf(Compose(WithButtons, Message())).ShouldBe(["notify.acknowledge", "notify.mute_hour", "notify.mute_until_fixed"]);
        ButtonsOf(Compose(WithButtons, Message(problem: null))).ShouldBe(["notify.acknowledge"]);
    }

    [Theory]
    [InlineData(MessagePurpose.Test)]
    [InlineData(MessagePurpose.Drill)]
    public void Compose_OfWhatHasNotHappened_HasNone(MessagePurpose purpose) =>
        ButtonsOf(Compose(WithButtons, Message() with { Purpose = purpose })).ShouldBeEmpty();

    [Fact]
    public void Compose_OfAnEnd_OrAnAnswer_HasNone()
    {
        ButtonsOf(Compose(WithButtons, Message(state: EventState.Resolved))).ShouldBeEmpty();
        ButtonsOf(Compose(WithButtons with { FollowUp = FollowUp.Reply }, Message() with { Earlier = First })).ShouldBeEmpty();
    }

    [Fact]
    public void Compose_OfARevision_ChangesTheMessage_WhateverTheChannelWantsOfWhatFollows()
    {
        foreach (var followUp in Enum.GetValues<FollowUp>())
        {
            var changed = Compose(WithButtons with { FollowUp = followUp }, Message() with { Revised = First, Acknowledged = Taken });

            changed.FollowUp.ShouldBe(FollowUp.Update);
            changed.Body.ShouldContain("\"ts\":\"1.000001\"");
            changed.Preview.ShouldSatisfyAllConditions(
                p => p.ShouldContain("Acknowledged by ann@example.com · 2026-03-04 05:06:07 UTC"), p => p.ShouldNotContain("Updates"));
            ButtonsOf(changed).ShouldBe(["notify.mute_hour", "notify.mute_until_fixed"]);
        }
    }

    [Fact]
    public void Compose_OfARevision_WhoseMessageIsElsewhere_ChangesNothing()
    {
        var message = Message() with { Revised = First with { VendorChannelId = "C0ELSEWHERE" }, Acknowledged = Taken };

        Compose(WithButtons, message).FollowUp.ShouldBe(FollowUp.NewMessage);
        Compose(new SlackMessageSettings(Channel), Message() with { Revised = First }).FollowUp.ShouldBe(FollowUp.NewMessage);
    }

    [Fact]
    public void Compose_OfWhatFollows_CarriesTheAcknowledgementOn()
    {
        var message = Message() with { Earlier = First with { Acknowledged = Taken } };

        Compose(WithButtons with { FollowUp = FollowUp.Update }, message).Preview.ShouldContain("Acknowledged by ann@example.com");
        Compose(WithButtons, message).Preview.ShouldNotContain("Acknowledged by");
    }

    [Fact]
    public void Compose_OfAMutedProblem_SaysUntilWhenAndByWhom_AndThatItIsOverWhereItSaidSo()
    {
        var hour = new Muted("ann@example.com", Time.AddHours(1), UntilFixed: false, HasEnded: false);

        Compose(WithButtons, Message() with { Revised = First, Muted = hour }).Preview
            .ShouldContain("Muted by ann@example.com until 2026-03-04 06:06:07 UTC");
        Compose(WithButtons, Message() with { Muted = hour with { UntilFixed = true } }).Preview
            .ShouldContain("Muted by ann@example.com until the problem ends");
        Compose(WithButtons with { Language = SlackLanguage.Zh }, Message() with { Muted = hour }).Preview
            .ShouldContain("已由 ann@example.com 静音至 2026-03-04 06:06:07 UTC");

        var over = hour with { HasEnded = true };
        Compose(WithButtons with { FollowUp = FollowUp.Update }, Message() with { Earlier = First, Muted = over }).Preview
            .ShouldContain("Muted by ann@example.com · ended 2026-03-04 06:06:07 UTC");
        Compose(WithButtons with { FollowUp = FollowUp.Reply }, Message() with { Earlier = First, Muted = over }).Preview
            .ShouldNotContain("Muted by");
        Compose(WithButtons, Message() with { Muted = over }).Preview.ShouldNotContain("Muted by");
    }

    [Fact]
    public void Compose_OfAHostileName_EscapesIt() =>
        Compose(WithButtons, Message() with { Revised = First, Acknowledged = new Acknowledged("<!channel>\n*x*", Time) }).Body
            .ShouldSatisfyAllConditions(b => b.ShouldNotContain("<!channel>"), b => b.ShouldContain("&lt;!channel&gt;"));

    private static ComposedMessage Compose(SlackMessageSettings settings, ChannelMessage message) =>
        SlackMessageComposer.Compose(settings, message).ShouldHaveSingleItem();

    private static IEnumerable<string> ButtonsOf(ComposedMessage message)
    {
        using var document = System.Text.Json.JsonDocument.Parse(message.Body);
        return
        [
            .. document.RootElement.GetProperty("blocks").EnumerateArray()
                .Where(block => block.GetProperty("type").GetString() == "actions")
                .SelectMany(block => block.GetProperty("elements").EnumerateArray())
                .Where(element => element.TryGetProperty("action_id", out _))
                .Select(element => element.GetProperty("action_id").GetString()!),
        ];
    }

    private static ChannelMessage Message(string? problem = "disk", EventState state = EventState.Open) => new(
        MessagePurpose.Event, "D-2", Time,
        [
            new MessageItem(2, "D-2", new EventRecord(0, "e-2", "monitoring", "disk.alert", Time, Severity.High,
                new EventFields { Title = "Disk is full", Problem = problem, State = state })),
        ]);
}
