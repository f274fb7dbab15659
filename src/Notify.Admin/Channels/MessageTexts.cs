using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Notify.Admin.Channels;

/// <summary>The words of messages in a channel's own language, whatever language the person at the browser reads: the texts
/// <c>Message.…</c> of one resource in one culture.</summary>
internal sealed class MessageTexts(ResourceManager texts, CultureInfo culture)
{
    private readonly ConcurrentDictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <param name="key">Without <c>Message.</c>.</param>
    public string this[string key, params ReadOnlySpan<object?> arguments] =>
        string.Format(CultureInfo.InvariantCulture, Find(key), arguments);

    // Every message asks for a dozen: the resource manager's own look-up costs more than the rest of composing.
    public string Find(string key) => _found.GetOrAdd(
        key,
        static (name, from) => from.Texts.GetString("Message." + name, from.Culture)
            ?? throw new MissingManifestResourceException($"There is no text 'Message.{name}'."),
        (Texts: texts, Culture: culture));
}
