namespace Notify.Admin.WhereTo;

/// <summary>What is typed, as long as the page is open.</summary>
public sealed class TypedEventInput
{
    /// <summary>A message of the page's connection holds no more.</summary>
    public const int MostCharacters = 500_000;

    public string Json { get; set; } = "";

    /// <summary>The sample that it began with; empty for one's own.</summary>
    public string Sample { get; set; } = "";

    /// <summary>The source that it is taken to come in by; null for <c>/api/events</c>.</summary>
    public int? SourceId { get; set; }
}
