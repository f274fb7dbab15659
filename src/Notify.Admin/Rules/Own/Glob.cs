namespace Notify.Admin.Rules;

/// <summary>Patterns with <c>*</c> and <c>?</c>, and no other meaning. Going back is only ever to the last <c>*</c>, so that a pattern
/// costs at most its length times the text's.</summary>
internal static class Glob
{
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, mark) = (0, -1, 0);
        var read = 0;
        while (read < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, mark) = (at++, read);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[read]))
            {
                (at, read) = (at + 1, read + 1);
            }
            else if (star >= 0)
            {
                (at, read) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}
