using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>What an Admin is typing about one integration. Field names in refusals and conflicts are the names of its properties.</summary>
public sealed class SlackIntegrationFormModel : IChannelModel<SlackIntegrationFormModel>
{
    public const int MaxNameLength = 64;

    /// <summary>Of the typed people and user groups to mention.</summary>
    public const int MaxMentionIds = 1024;

    public string Name { get; set; } = "";

    public string ChannelId { get; set; } = "";

    /// <summary>The channel's name at Slack where it is known, without <c>#</c>; for display only.</summary>
    public string? ChannelName { get; set; }

    /// <summary>The workspace whose bot token it posts with; null for a token of its own.</summary>
    public int? WorkspaceId { get; set; }

    /// <summary>A new token; empty keeps the stored one. It is never filled from the store and never part of a kept draft.</summary>
    [JsonIgnore]
    public string? Token { get; set; }

    public bool IsOn { get; set; } = true;

    public SlackAvgThreat SlackAvgThreat { get; set; }

    public bool SlackNotify { get; set; }

    public bool SlackStartFromSchedule { get; set; }

    public bool SlackStartFromQueue { get; set; }

    public bool SlackCompleteAborted { get; set; }

    public bool SlackDelete { get; set; }

    public bool SlackStop { get; set; }

    public bool SlackAborted { get; set; }

    public bool SlackPause { get; set; }

    public bool SlackUnpause { get; set; }

    public string OwnRules { get; set; } = OwnRuleJson.None;

    public IReadOnlyList<int> RuleSets { get; set; } = [];

    /// <summary>Of its messages.</summary>
    public SlackLanguage Language { get; set; } = SlackLanguage.En;

    public string Layout { get; set; } = "";

    public SlackMention Mention { get; set; }

    /// <summary>People and user groups as typed; see <see cref="SlackMentionIds"/>.</summary>
    public string MentionIds { get; set; } = "";

    /// <summary>The least severe event that calls them; <see cref="Severity.NotStated"/> for every message.</summary>
    public Severity MentionFrom { get; set; }

    /// <summary>How it is told what follows on a problem.</summary>
    public FollowUp FollowUp { get; set; }

    /// <summary>Messages have buttons, as long as the workspace has Socket Mode.</summary>
    public bool Buttons { get; set; }

    public string Interval { get; set; } = "0";

    public DeliveryPolicy Delivery { get; set; } = DeliveryPolicy.Off;

    public IReadOnlyList<string> Tags { get; set; } = [];

    [JsonIgnore]
    public bool HasToken => !string.IsNullOrWhiteSpace(Token);

    /// <summary>A new integration: finished scans are what most people want to hear first.</summary>
    public static SlackIntegrationFormModel CreateNew() => new() { SlackCompleteAborted = true };

    public static SlackIntegrationFormModel Of(SlackIntegration integration) => new()
    {
        Name = integration.Name,
        ChannelId = integration.ChannelId,
        ChannelName = integration.ChannelName,
        WorkspaceId = integration.WorkspaceId,
        IsOn = integration.IsOn,
        SlackAvgThreat = integration.SlackAvgThreat,
        SlackNotify = integration.SlackNotify,
        SlackStartFromSchedule = integration.SlackStartFromSchedule,
        SlackStartFromQueue = integration.SlackStartFromQueue,
        SlackCompleteAborted = integration.SlackCompleteAborted,
        SlackDelete = integration.SlackDelete,
        SlackStop = integration.SlackStop,
        SlackAborted = integration.SlackAborted,
        SlackPause = integration.SlackPause,
        SlackUnpause = integration.SlackUnpause,
        OwnRules = integration.OwnRules,
        RuleSets = RuleSetIds.Read(integration.RuleSets),
        Language = integration.Language,
        Layout = integration.Layout,
        Mention = integration.Mention,
        MentionIds = integration.MentionIds ?? "",
        MentionFrom = integration.MentionFrom,
        FollowUp = integration.FollowUp,
        Buttons = integration.Buttons,
        Interval = integration.IntervalMinutes.ToString(CultureInfo.InvariantCulture),
        Delivery = integration.Delivery,
        Tags = ChannelTags.Read(integration.Tags),
    };

    public SlackIntegrationFormModel Copy() => (SlackIntegrationFormModel)MemberwiseClone();

    /// <summary>Writes everything but the token; a workspace takes the place of a token of its own.</summary>
    public void ApplyTo(SlackIntegration integration)
    {
        integration.WorkspaceId = WorkspaceId;
        integration.Token = WorkspaceId is null ? integration.Token : null;
        integration.Name = Name.Trim();
        integration.ChannelId = ChannelId.Trim();
        integration.ChannelName = ChannelName;
        integration.IsOn = IsOn;
        integration.SlackAvgThreat = SlackAvgThreat;
        integration.SlackNotify = SlackNotify;
        integration.SlackStartFromSchedule = SlackStartFromSchedule;
        integration.SlackStartFromQueue = SlackStartFromQueue;
        integration.SlackCompleteAborted = SlackCompleteAborted;
        integration.SlackDelete = SlackDelete;
        integration.SlackStop = SlackStop;
        integration.SlackAborted = SlackAborted;
        integration.SlackPause = SlackPause;
        integration.SlackUnpause = SlackUnpause;
        integration.OwnRules = OwnRules;
        integration.RuleSets = RuleSetIds.Write(RuleSets);
        integration.Language = Language;
        integration.Layout = Layout;
        integration.Mention = Mention;
        integration.MentionIds = Mention == SlackMention.People ? ReadMentionIds() : null;
        integration.MentionFrom = Mention == SlackMention.Nobody ? Severity.NotStated : MentionFrom;
        integration.FollowUp = FollowUp;
        integration.Buttons = Buttons;
        integration.IntervalMinutes = IntervalMinutes.Read(Interval) ?? 0;
        integration.Delivery = Delivery;
        integration.Tags = ChannelTags.Write(Tags);
    }

    /// <summary>The people and user groups to mention in one spelling; as typed where they cannot be read, and empty where nobody asks for
    /// them.</summary>
    public string ReadMentionIds() => Mention != SlackMention.People ? ""
        : SlackMentionIds.TryRead(MentionIds, out var ids, out _) ? SlackMentionIds.Write(ids) : MentionIds.Trim();

    /// <summary>How its messages would look.</summary>
    internal SlackMessageSettings ToMessageSettings() => new(
        ChannelId.Trim(), Language, Mention, SlackMentionIds.TryRead(MentionIds, out var ids, out _) ? ids : [], MentionFrom)
    {
        Layout = MessageLayout.Read(Layout),
        FollowUp = FollowUp,
        HasButtons = Buttons && WorkspaceId is not null,
    };

    /// <summary>What it would hear, as matching reads it.</summary>
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

    /// <summary>Whether it hears an event, by its switches, as if it were on.</summary>
    internal Func<EventRecord, bool> ToHearing()
    {
        var switches = ToSwitches() with { IsOn = true };
        return record => SlackMatching.Decide(switches, record).Hears;
    }

    /// <summary>The rules of every field that one form can check by itself; at most one refusal a field.</summary>
    /// <param name="tokenIsStored">An empty token keeps a stored one of its own.</param>
    /// <param name="own">The integration, where it is stored.</param>
    public IEnumerable<FieldRefusal> Check(bool tokenIsStored, ChannelKey? own = null)
    {
        if (CheckName() is { } name)
        {
            yield return new FieldRefusal(nameof(Name), name);
        }

        foreach (var refusal in CheckDestination(tokenIsStored))
        {
            yield return refusal;
        }

        if (OwnRuleCheck.Of(OwnRules) is { } wrong)
        {
            yield return new FieldRefusal(nameof(OwnRules), OwnRuleCheck.TextKey, wrong);
        }

        if (LayoutChecks.Of(Layout) is { } layout)
        {
            yield return layout;
        }

        if (TagChecks.Of(Tags) is { } tags)
        {
            yield return tags;
        }

        if (CheckMentions() is { } mentions)
        {
            yield return mentions;
        }

        if (IntervalMinutes.Read(Interval) is null or > IntervalMinutes.Most)
        {
            yield return new FieldRefusal(nameof(Interval), "Form.Interval.Refused", IntervalMinutes.Most);
        }

        foreach (var refusal in DeliveryPolicyCheck.Of(Delivery, own))
        {
            yield return new FieldRefusal(refusal.Field, refusal.TextKey, refusal.Argument);
        }
    }

    /// <summary>The part of <see cref="Check"/> that a test needs.</summary>
    public IEnumerable<FieldRefusal> CheckDestination(bool tokenIsStored)
    {
        if (WorkspaceId is null && (HasToken ? !SlackToken.IsWellFormed(Token!.Trim()) : !tokenIsStored))
        {
            yield return new FieldRefusal(nameof(Token), HasToken ? "Form.Token.Malformed" : "Form.Token.Missing");
        }

        var channel = ChannelId.Trim();
        if (!SlackChannelId.IsWellFormed(channel))
        {
            yield return new FieldRefusal(nameof(ChannelId), channel switch
            {
                "" => "Form.ChannelId.Missing",
                ['#', ..] => "Form.ChannelId.IsName",
                _ => "Form.ChannelId.Malformed",
            });
        }
    }

    private FieldRefusal? CheckMentions()
    {
        if (Mention != SlackMention.People)
        {
            return null;
        }

        return !SlackMentionIds.TryRead(MentionIds, out var ids, out var refused)
            ? new FieldRefusal(nameof(MentionIds), "Form.MentionIds.Refused", refused)
            : ids.Count == 0 ? new FieldRefusal(nameof(MentionIds), "Form.MentionIds.Missing") : null;
    }

    /// <summary>Posts with a workspace's token, or (null) with one of its own; a typed token belongs to the latter.</summary>
    public void ChooseWorkspace(int? workspaceId)
    {
        WorkspaceId = workspaceId;
        Token = workspaceId is null ? Token : null;
    }

    /// <summary>Takes a channel id as typed or pasted; a link or mention copied from Slack gives its id.</summary>
    public void EnterChannel(string? typed)
    {
        var id = SlackIds.Channel(typed);
        if (id != ChannelId)
        {
            ChooseChannel(id, null);
        }
    }

    /// <summary>Takes a channel; an integration that nobody has named is called as it is.</summary>
    /// <param name="name">Without <c>#</c>; null where it is not known.</param>
    public void ChooseChannel(string id, string? name)
    {
        var isNamedAfterIt = Name.Length == 0 || Name == NameOfChannel;
        (ChannelId, ChannelName) = (id, name);
        Name = isNamedAfterIt ? NameOfChannel : Name;
    }

    private string NameOfChannel => ChannelName is { } name && name.Length < MaxNameLength ? $"#{name}"
        : SlackChannelId.IsWellFormed(ChannelId) ? ChannelId : "";

    private string? CheckName() => Name.Trim() switch
    {
        "" => "Form.Name.Missing",
        { Length: > MaxNameLength } => "Form.Name.TooLong",
        var name when !PlainText.IsLine(name) => "Form.Name.Control",
        _ => null,
    };
}
