using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.StoredSecrets;

/// <summary>A secret that cannot be decrypted any more, and where it is entered again.</summary>
/// <param name="Kind">Owner and secret, as <c>SlackIntegration.Token</c>.</param>
/// <param name="Name">What people call the row it belongs to.</param>
/// <param name="Href">Without a leading slash.</param>
public sealed record LostSecret(string Kind, string Name, string Href);

/// <summary>Which stored secrets have lost their key.</summary>
internal sealed class LostSecretService(StoredSecretStore store, SecretProtector protector, TimeProvider time)
{
    // Every open overview asks; a key ring is not lost every minute.
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(30);

    private (int Count, long At)? _held;

    public async Task<IReadOnlyList<LostSecret>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return await FindAsync(cancellationToken);
    }

    /// <summary>How many there are, at most half a minute old.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && time.GetElapsedTime(held.At) < KeepFor)
        {
            return held.Count;
        }

        return (await FindAsync(cancellationToken)).Count;
    }

    private async Task<List<LostSecret>> FindAsync(CancellationToken cancellationToken)
    {
        var lost = (await store.ListAsync(cancellationToken)).Where(secret => !IsReadable(secret.Value))
            .Select(secret => new LostSecret($"{secret.Owner}.{secret.Property}", secret.Name, PageOf(secret)))
            .OrderBy(secret => secret.Kind, StringComparer.Ordinal).ThenBy(secret => secret.Name, StringComparer.CurrentCulture)
            .ToList();
        _held = (lost.Count, time.GetTimestamp());
        return lost;
    }

    private static string PageOf(StoredSecret secret) => secret.Owner switch
    {
        "SlackIntegration" => $"slack/integrations/{secret.Id}?tab=destination",
        "SlackWorkspace" => $"slack/workspaces/{secret.Id}",
        "DingTalkChatbot" => $"dingtalk/chatbots/{secret.Id}?tab=destination",
        "VendorAccount" => $"accounts/{secret.Id}",
        "Source" => $"sources/{secret.Id}",
        // Keys and second factors of people are made anew, not entered again.
        _ => "people",
    };

    private bool IsReadable(ProtectedString secret)
    {
        try
        {
            protector.Unprotect(secret);
            return true;
        }
        catch (SecretUnreadableException)
        {
            return false;
        }
    }
}
