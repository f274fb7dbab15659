using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Rules;

namespace Notify.Admin.Slack;

/// <summary><c>slackAvgThreat</c>: the least average severity of a finished scan that is told.</summary>
public enum SlackAvgThreat
{
    Informative = 0,
    Low = 1,
    Medium = 2,
    High = 3,
}

/// <summary>One Slack channel with its token, threshold and switches. The switches' names are the vendor's.</summary>
public sealed class SlackIntegration : IListedChannel
{
    public int Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Slack's opaque, case-sensitive channel id; unique among integrations.</summary>
    public required string ChannelId { get; set; }

    /// <summary>The channel's name at Slack when it was picked or last tested; for display only.</summary>
    public string? ChannelName { get; set; }

    /// <summary>The workspace whose bot token it posts with; null where it has a token of its own.</summary>
    public int? WorkspaceId { get; set; }

    /// <summary>Its own token; null exactly where it posts with a workspace's.</summary>
    public ProtectedString? Token { get; set; }

    public SlackAvgThreat SlackAvgThreat { get; set; }

    /// <summary>Every event, whatever the other switches and the threshold say.</summary>
    public bool SlackNotify { get; set; }

    public bool SlackStartFromSchedule { get; set; }

    public bool SlackStartFromQueue { get; set; }

    public bool SlackCompleteAborted { get; set; }

    public bool SlackDelete { get; set; }

    public bool SlackStop { get; set; }

    public bool SlackAborted { get; set; }

    public bool SlackPause { get; set; }

    public bool SlackUnpause { get; set; }

    /// <summary>Off: hears nothing, and what waits for it ends as skipped.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>What it hears beside its switches, as JSON; the vendor's API knows nothing of it.</summary>
    public string OwnRules { get; set; } = OwnRuleJson.None;

    /// <summary>The rule sets that it uses beside them, as <see cref="RuleSetIds"/> writes them.</summary>
    public string RuleSets { get; set; } = "";

    /// <summary>Of its messages.</summary>
    public SlackLanguage Language { get; set; } = SlackLanguage.En;

    /// <summary>What its messages show, as <see cref="MessageLayout"/> writes it; empty is the standard.</summary>
    public string Layout { get; set; } = "";

    /// <summary>Whom its messages call.</summary>
    public SlackMention Mention { get; set; }

    /// <summary>Ids of people and user groups, comma-separated, with <see cref="SlackMention.People"/>.</summary>
    public string? MentionIds { get; set; }

    /// <summary>The least severe event that calls them.</summary>
    public Severity MentionFrom { get; set; }

    /// <summary>Least minutes between two messages; 0 is no limit.</summary>
    public int IntervalMinutes { get; set; }

    /// <summary>How it is told what follows on a problem.</summary>
    public FollowUp FollowUp { get; set; }

    /// <summary>Its messages have buttons to acknowledge what they tell of, as long as its workspace has Socket Mode.</summary>
    public bool Buttons { get; set; }

    public DeliveryPolicy Delivery { get; set; } = DeliveryPolicy.Off;

    /// <inheritdoc/>
    public string Tags { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Grows with each save; a save against an older one is a conflict.</summary>
    public int Version { get; set; }

    /// <inheritdoc/>
    public string SortName { get => ListedText.ToSort(Name); private set => _ = value; }

    /// <inheritdoc/>
    public string SearchText
    {
        get => ListedText.ToSearch(Name, ChannelName is null ? null : $"#{ChannelName}", ChannelId,
            Token is null ? null : $"…{Token.LastFour}", Tags);
        private set => _ = value;
    }

    /// <summary>A copy to change, so that a save can be compared with what was stored.</summary>
    public SlackIntegration Copy() => (SlackIntegration)MemberwiseClone();

    /// <summary>What it wants to hear, as matching reads it.</summary>
    public SlackSwitches ToSwitches() => new()
    {
        IsOn = IsOn,
        SlackAvgThreat = SlackAvgThreat,
        SlackNotify = SlackNotify,
        SlackStartFromSchedule = SlackStartFromSchedule,
        SlackStartFromQueue = SlackStartFromQueue,
        SlackCompleteAborted = SlackCompleteAborted,
        SlackDelete = SlackDelete,
        SlackStop = SlackStop,
        SlackAborted = SlackAborted,
        SlackPause = SlackPause,
        SlackUnpause = SlackUnpause,
    };
}
