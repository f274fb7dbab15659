using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>What to create or change, from the form or the API. What is null keeps its value, and is the default in a new
/// chatbot.</summary>
internal sealed record ChatbotChange
{
    /// <summary>Null creates a chatbot.</summary>
    public int? Id { get; init; }

    /// <summary>The version that was read; null where the last writer wins, as in the vendor's API.</summary>
    public int? ExpectedVersion { get; init; }

    public required string Name { get; init; }

    /// <summary>A webhook or a bare token, as typed; required for a new chatbot.</summary>
    public string? Webhook { get; init; }

    public int? IntervalMinutes { get; init; }

    public DingTalkLanguage? Language { get; init; }

    public ConfigList? Rules { get; init; }

    /// <summary>As typed; empty is every asset group.</summary>
    public IReadOnlyList<string>? GroupIds { get; init; }

    public bool? IsOn { get; init; }

    /// <summary>Null where the vendor's API writes: it cannot say any of this.</summary>
    public SecurityChange? Security { get; init; }

    /// <summary>Null where the vendor's API writes.</summary>
    public MentionChange? Mentions { get; init; }

    /// <summary>As JSON; null where the vendor's API writes.</summary>
    public string? OwnRules { get; init; }

    /// <summary>Their ids; null where the vendor's API writes.</summary>
    public IReadOnlyList<int>? RuleSets { get; init; }

    /// <summary>What messages show; null where the vendor's API writes.</summary>
    public string? Layout { get; init; }

    /// <summary>Null where the vendor's API writes.</summary>
    public DeliveryPolicy? Delivery { get; init; }

    /// <summary>Null where the vendor's API writes.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}

/// <param name="Secret">Null or empty keeps the stored one, unless the webhook changes too.</param>
/// <param name="Keyword">Null or empty is none.</param>
internal sealed record SecurityChange(RobotSecurityMode Mode, string? Secret, string? Keyword)
{
    // A record prints its members.
    public override string ToString() => Mode.ToString();
}

/// <param name="Mobiles">As typed; read with <see cref="MentionMode.Mobiles"/> only.</param>
internal sealed record MentionChange(MentionMode Mode, string? Mobiles);
