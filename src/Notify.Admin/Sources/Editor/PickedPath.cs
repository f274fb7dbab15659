namespace Notify.Admin.Sources;

/// <summary>A place in a payload as a rule names it: in the element of a split array, or in the whole payload.</summary>
internal static class PickedPath
{
    /// <param name="split">The mapping's split paths.</param>
    /// <param name="path">In the whole payload.</param>
    public static string In(IEnumerable<string> split, string path)
    {
        var isSplit = false;
        foreach (var array in split)
        {
            isSplit = true;
            if (path.StartsWith(array + "/", StringComparison.Ordinal))
            {
                var rest = path[(array.Length + 1)..];
                var end = rest.IndexOf('/', StringComparison.Ordinal);
                var index = end < 0 ? rest : rest[..end];
                if (index.Length > 0 && index.All(char.IsAsciiDigit))
                {
                    return end < 0 ? "." : rest[end..];
                }
            }
        }

        return isSplit ? $"${path}" : path.Length == 0 ? "." : path;
    }
}
