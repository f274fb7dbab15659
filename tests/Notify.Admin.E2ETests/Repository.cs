namespace Notify.Admin.E2ETests;

internal static class Repository
{
    /// <summary>The folder <c>tests</c> of the sources that are being tested.</summary>
    public static string Tests { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Notify.Admin.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No solution above the tests.");
        }

        return Path.Combine(directory.FullName, "tests");
    }
}
