namespace Notify.Admin.LivePages;

/// <summary>One thing that a person has chosen about how the console looks to them, in every browser.</summary>
public sealed class PersonChoice
{
    public required string UserId { get; init; }

    /// <summary>What is chosen: <c>columns/slack</c>.</summary>
    public required string Name { get; init; }

    public required string Value { get; set; }
}
