using System.Collections.Concurrent;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The people and workspaces that a connection reaches, from the cache: nothing here waits for Slack except the look-up of
/// addresses that the cache does not know. What is held in memory is read again when the cache has changed.</summary>
internal sealed class SlackDirectory(SlackDirectoryStore store, WorkspaceTokens tokens, SlackClient client)
{
    // Addresses of people who joined since the last reading; more unknown ones than this are not a late joiner but a wrong list.
    private const int MostLookUps = 10;

    private readonly ConcurrentDictionary<int, Held> _held = new();

    /// <summary>People whose name, handle, e-mail address or id contains every word of <paramref name="text"/>, best match first.</summary>
    /// <param name="text">Null or blank: the first by name.</param>
    public async Task<IReadOnlyList<SlackPerson>> SearchAsync(int workspaceId, string? text, int most,
        CancellationToken cancellationToken) =>
        (await IndexAsync(workspaceId, cancellationToken)).Search(text, most);

    /// <summary>Those of <paramref name="userIds"/> that the cache knows, by id. Deleted people and bots are not in it.</summary>
    public async Task<IReadOnlyDictionary<string,
        SlackPerson>> FindAsync(int workspaceId, IEnumerable<string> userIds, CancellationToken cancellationToken)
    {
        var index = await IndexAsync(workspaceId, cancellationToken);
        return userIds.Distinct(StringComparer.Ordinal).Select(index.Find).OfType<SlackPerson>()
            .ToDictionary(person => person.UserId, StringComparer.Ordinal);
    }

    /// <summary>Turns a pasted list of e-mail addresses and ids, in whatever way it is separated, into people. A few addresses that the
    /// cache does not know are looked up at Slack.</summary>
    public async Task<ResolvedPeople> ResolveAsync(int workspaceId, string pasted, CancellationToken cancellationToken)
    {
        var index = await IndexAsync(workspaceId, cancellationToken);
        var found = new List<SlackPerson>();
        var unresolved = new List<string>();
        var lookUps = 0;
        foreach (var entry in PastedPeople.Read(pasted))
        {
            var person = index.Find(entry) ?? index.FindByEmail(entry);
            if (person is null && PastedPeople.IsEmail(entry) && lookUps++ < MostLookUps)
            {
                person = await LookUpAsync(workspaceId, entry, cancellationToken);
            }

            if (person is null)
            {
                unresolved.Add(entry);
            }
            else if (!found.Exists(other => other.UserId == person.UserId))
            {
                found.Add(person);
            }
        }

        return new ResolvedPeople(found, unresolved);
    }

    /// <summary>The workspaces at Slack that the connection reaches, by name.</summary>
    public Task<IReadOnlyList<SlackTeam>> TeamsAsync(int workspaceId, CancellationToken cancellationToken) =>
        store.ListTeamsAsync(workspaceId, cancellationToken);

    /// <summary>How complete and how old the cache is; null when the workspace is gone.</summary>
    public Task<DirectoryReading?> StateAsync(int workspaceId, CancellationToken cancellationToken) =>
        store.FindReadingAsync(workspaceId, cancellationToken);

    private async Task<PeopleIndex> IndexAsync(int workspaceId, CancellationToken cancellationToken)
    {
        var version = await store.VersionAsync(workspaceId, cancellationToken);
        var held = _held.AddOrUpdate(workspaceId, _ => Read(), (_, held) => held.Version == version && !held.Index.Value.IsFaulted
            ? held : Read());
        return await held.Index.Value.WaitAsync(cancellationToken);

        Held Read() => new(version, new Lazy<Task<PeopleIndex>>(async () =>
            new PeopleIndex(await store.ListPeopleAsync(workspaceId, CancellationToken.None))));
    }

    private async Task<SlackPerson?> LookUpAsync(int workspaceId, string email, CancellationToken cancellationToken)
    {
        var token = await tokens.BotTokenAsync(workspaceId, cancellationToken);
        if (!token.Ok)
        {
            return null;
        }

        var answer = await client.FindUserByEmailAsync(token.Value, email, cancellationToken);
        if (answer.Value is not { IsDeleted: false, IsBot: false } user)
        {
            return null;
        }

        await store.AddAsync(workspaceId, user, cancellationToken);
        return (await IndexAsync(workspaceId, cancellationToken)).Find(user.Id);
    }

    /// <summary>People as they were read at a version of the cache; many who ask at once read once.</summary>
    private sealed record Held(long Version, Lazy<Task<PeopleIndex>> Index);
}

/// <summary>What became of a pasted list.</summary>
/// <param name="Unresolved">The entries nobody was found for, as they were pasted.</param>
internal sealed record ResolvedPeople(IReadOnlyList<SlackPerson> Found, IReadOnlyList<string> Unresolved);
