using Notify.Admin.Security;

namespace Notify.Admin.Channels;

/// <summary>A feature that needs people at times, beside its channels: the overview lists what it says under "Needs attention".</summary>
public interface IAttentionSource
{
    /// <summary>What somebody must do something about now; empty when all is well.</summary>
    Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>One thing to do something about, in words of the current UI culture.</summary>
/// <param name="Sentence">What is the matter with what.</param>
/// <param name="Text">Cause and mend.</param>
/// <param name="Href">The page where it is mended, without a leading slash.</param>
/// <param name="IsUrgent">Something does not work until it is mended.</param>
public sealed record Attention(string Sentence, string? Text, string? Code, string Href, DateTimeOffset? Since, bool IsUrgent)
{
    /// <summary>Who may open that page, of <see cref="Policies"/>: others read the sentence without a link.</summary>
    public string Policy { get; init; } = Policies.View;
}
