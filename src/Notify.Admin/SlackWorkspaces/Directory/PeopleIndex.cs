using Notify.Admin.Shared;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The people of one workspace in memory: 20,000 are searched in a few milliseconds.</summary>
internal sealed class PeopleIndex
{
    private readonly Entry[] _entries;
    private readonly Dictionary<string, SlackPerson> _byId;
    private readonly Dictionary<string, SlackPerson> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    public PeopleIndex(IReadOnlyList<SlackPerson> people)
    {
        _byId = people.ToDictionary(person => person.UserId, StringComparer.Ordinal);
        _entries = [.. people.Select(person => new Entry(person))
            .OrderBy(entry => entry.Person.ShownName, StringComparer.OrdinalIgnoreCase)];
        foreach (var person in people.Where(person => person.Email is not null))
        {
            _byEmail.TryAdd(person.Email!, person);
        }
    }

    public SlackPerson? Find(string userId) => _byId.GetValueOrDefault(userId);

    public SlackPerson? FindByEmail(string email) => _byEmail.GetValueOrDefault(email);

    /// <summary>Everybody in whom every word is found; those where a part of the name, the address or the id begins with the first word
    /// come first.</summary>
    public IReadOnlyList<SlackPerson> Search(string? text, int most)
    {
        // A pasted mention or link names one person.
        if (SlackIds.Person(text) is var id && Find(id) is { } named)
        {
            return most > 0 ? [named] : [];
        }

        var words = FoldedText.Of(text).Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimStart('@')).Where(word => word.Length > 0).ToArray();
        if (words.Length == 0)
        {
            return [.. _entries.Take(most).Select(entry => entry.Person)];
        }

        var best = new List<SlackPerson>();
        var others = new List<SlackPerson>();
        foreach (var entry in _entries)
        {
            if (!Array.TrueForAll(words, word => entry.Text.Contains(word, StringComparison.Ordinal)))
            {
                continue;
            }

            // A blank stands before each part of a name, so this finds beginnings of words.
            if (entry.Text.Contains(' ' + words[0], StringComparison.Ordinal))
            {
                best.Add(entry.Person);
                if (best.Count >= most)
                {
                    break;
                }
            }
            else if (others.Count < most)
            {
                others.Add(entry.Person);
            }
        }

        return [.. best.Concat(others).Take(most)];
    }

    private sealed class Entry(SlackPerson person)
    {
        public SlackPerson Person { get; } = person;

        public string Text { get; } =
            FoldedText.Of($" {person.RealName} {person.DisplayName} {person.Handle} {person.Email} {person.UserId}");
    }
}
