using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Slack;

namespace Notify.Admin.VendorAccounts;

/// <summary>What Kayran is told of a Slack integration. It tells nothing back.</summary>
/// <param name="Token">By its last characters.</param>
/// <param name="On">The switches that are on, by Kayran's names.</param>
internal sealed record KayranIntegration(string Name, string ChannelId, string Token, string AvgThreat, IReadOnlyList<string> On)
    : VendorChannel(Name)
{
    public const string ChannelField = "channelId";

    private const string TokenField = "slackToken";
    private const string ThreatField = "slackAvgThreat";

    // In the vendor's order.
    private static readonly IReadOnlyList<(string Name, Func<SlackSwitches, bool> IsOn)> Switches =
    [
        ("slackNotify", switches => switches.SlackNotify),
        ("slackStartFromSchedule", switches => switches.SlackStartFromSchedule),
        ("slackStartFromQueue", switches => switches.SlackStartFromQueue),
        ("slackCompleteAborted", switches => switches.SlackCompleteAborted),
        ("slackDelete", switches => switches.SlackDelete),
        ("slackStop", switches => switches.SlackStop),
        ("slackAborted", switches => switches.SlackAborted),
        ("slackPause", switches => switches.SlackPause),
        ("slackUnpause", switches => switches.SlackUnpause),
    ];

    /// <summary>What is published of an integration of ours. Kayran has no switch for the whole: one that is off has all of them
    /// off.</summary>
    /// <param name="tail">Of its token.</param>
    public static KayranIntegration Of(SlackIntegration integration, string tail) => new(
        integration.Name, integration.ChannelId, $"…{tail}", integration.SlackAvgThreat.ToString(),
        integration.IsOn ? [.. Switches.Where(one => one.IsOn(integration.ToSwitches())).Select(one => one.Name)] : []);

    public override IReadOnlyList<VendorSetting> ListSettings() =>
    [
        new(ChannelField, ChannelId), new(TokenField, Token) { Meaning = "", IsSecret = true }, new(ThreatField, AvgThreat),
        .. Switches.Select(one => new VendorSetting(one.Name, On.Contains(one.Name) ? "true" : "false")),
    ];

    public override bool? ShowsSecretOf(VendorChannel ours) => null;

    public override string Write() => JsonSerializer.Serialize(this);

    /// <summary>The body of the call that makes Kayran so.</summary>
    /// <param name="token">Whole: a secret.</param>
    /// <param name="isOff">All switches off, whatever is wanted: it has no call that deletes.</param>
    public JsonObject ToBody(string token, bool isOff)
    {
        // All fields, always: what is left out may mean everything or nothing.
        JsonObject body = new() { [ChannelField] = ChannelId, [TokenField] = token, [ThreatField] = AvgThreat };
        foreach (var (name, _) in Switches)
        {
            body[name] = !isOff && On.Contains(name);
        }

        return body;
    }
}
