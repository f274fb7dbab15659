using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>Where one tool posts: its address's key, how it proves itself besides, and where its events go.</summary>
public sealed class Source : IListed
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>One of <see cref="SourceKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>SHA-256 of the key in its address, as hex.</summary>
    public required string KeyHash { get; set; }

    public required string KeyLastFour { get; set; }

    /// <summary>The key before the last rotation, good until <see cref="PreviousKeyEndsAt"/>.</summary>
    public string? PreviousKeyHash { get; set; }

    public DateTimeOffset? PreviousKeyEndsAt { get; set; }

    public SourceProof Proof { get; set; }

    /// <summary>What <see cref="Proof"/> is made with.</summary>
    public ProtectedString? Secret { get; set; }

    /// <summary>The header of a signature.</summary>
    public string? SignatureHeader { get; set; }

    public SignatureAlgorithm SignatureAlgorithm { get; set; }

    /// <summary>Addresses and networks it may post from, a line each; empty is everywhere.</summary>
    public string AllowedAddresses { get; set; } = "";

    /// <summary>Most requests in a minute; 0 is no limit.</summary>
    public int PerMinute { get; set; }

    public bool IsOn { get; set; } = true;

    /// <summary>Channels that get every event of it, as <c>slack:1 dingtalk:2</c>.</summary>
    public string Channels { get; set; } = "";

    /// <summary>Whether mentions in the messages of a robot or a webhook are let through.</summary>
    public bool LetsMentions { get; set; }

    /// <summary>A mapping of its own; null for the kind's.</summary>
    public string? Mapping { get; set; }

    /// <summary>The account that alerts are read from; null for kinds that are posted to.</summary>
    public int? AccountId { get; set; }

    /// <summary>What is read of it, and how often, as <see cref="PollPlan"/> has it.</summary>
    public string Polls { get; set; } = "";

    /// <summary>So many hours before its beginning the first poll looks back.</summary>
    public int PollFromHours { get; set; }

    /// <summary>What the vendor is asked to speak: <c>zh</c> or <c>en</c>.</summary>
    public string PollLanguage { get; set; } = "en";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastReceivedAt { get; set; }

    public DateTimeOffset? LastRefusedAt { get; set; }

    /// <summary>Why, as <see cref="StoredReasons"/> writes it.</summary>
    public string? LastRefusal { get; set; }

    /// <summary>How many parts of payloads were no events, so far.</summary>
    public long Unmapped { get; set; }

    /// <summary>Grows with each edit, not with what is posted.</summary>
    public int Version { get; set; }

    /// <inheritdoc/>
    public string SortName { get => ListedText.ToSort(Name); private set => _ = value; }

    /// <inheritdoc/>
    public string SearchText { get => ListedText.ToSearch(Name, Kind, SourceSetup.ToolOf(Kind)); private set => _ = value; }
}

/// <summary>What a sender shows besides the key in the address.</summary>
public enum SourceProof
{
    /// <summary>Nothing: the address is the secret.</summary>
    Key = 0,

    /// <summary><c>Authorization: Bearer</c>.</summary>
    Bearer = 1,

    /// <summary><c>Authorization: Basic</c>; the secret is the password, whatever the name.</summary>
    Basic = 2,

    /// <summary><c>token=</c> or <c>access_token=</c> in the address.</summary>
    Query = 3,

    /// <summary>An HMAC over the body in a named header, as hex or base64; <c>sha256=</c> before it may stand.</summary>
    Hmac = 4,

    /// <summary>A DingTalk robot's own: <c>timestamp=</c> and <c>sign=</c> in the address.</summary>
    Sign = 5,
}

public enum SignatureAlgorithm
{
    Sha256 = 0,
    Sha1 = 1,
    Sha512 = 2,
}
