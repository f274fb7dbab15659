using System.Security.Cryptography;
using System.Text;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Slack;

/// <summary>A stored integration as its form shows it, without the token.</summary>
/// <param name="Values">What is stored; not to be changed.</param>
/// <param name="TokenLastFour">Of its own token; null where it posts with a workspace's.</param>
/// <param name="TokenMark">Tells one stored token from another without saying anything about it.</param>
public sealed record SlackIntegrationView(
    int Id,
    int Version,
    SlackIntegrationFormModel Values,
    string? TokenLastFour,
    string TokenMark,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string? ChangedBy) : IStored<SlackIntegrationFormModel>
{
    /// <summary>It has a token of its own, which an empty one in a form keeps.</summary>
    public bool HasOwnToken => TokenLastFour is not null;

    public static SlackIntegrationView Of(SlackIntegration integration) => new(
        integration.Id,
        integration.Version,
        SlackIntegrationFormModel.Of(integration),
        integration.Token?.LastFour,
        integration.Token is null ? ""
        : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(integration.Token.Ciphertext)).AsSpan(0, 8)),
        integration.CreatedAt,
        integration.ChangedAt,
        integration.ChangedBy);
}
