namespace Notify.Admin.ChannelPages;

/// <summary>A tab of a channel's page that holds a part of its form.</summary>
/// <param name="Key">Names it in the address.</param>
/// <param name="Fields">What is set there: the model's properties.</param>
public sealed record ChannelTab(string Key, IReadOnlyList<string> Fields)
{
    /// <summary>How sending has gone.</summary>
    public const string Activity = "activity";

    /// <summary>What is sent.</summary>
    public const string Rules = "rules";

    /// <summary>Where it goes.</summary>
    public const string Destination = "destination";

    /// <summary>How it looks there.</summary>
    public const string Messages = "messages";

    /// <summary>When it goes, and what happens if it cannot.</summary>
    public const string Delivery = "delivery";

    /// <summary>Who changed what.</summary>
    public const string Changes = "changes";
}
