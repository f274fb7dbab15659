namespace Notify.Admin.LiveForms;

/// <summary>What a person has typed into an open form and not saved, without secrets: survives a lost connection or a restart.</summary>
public sealed class FormDraft
{
    public required string UserId { get; init; }

    /// <summary>Which form: <c>slack-integration/17</c>, <c>slack-integration/new</c>.</summary>
    public required string FormKey { get; init; }

    public required string Json { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
