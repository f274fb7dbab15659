namespace Notify.Admin.Start;

/// <summary>Where <c>appsettings.json</c> and the static files are.</summary>
internal static class ContentRoot
{
    /// <summary>Arguments that say so, before those of the command line, which win. The working directory, as ASP.NET Core has it; but a
    /// published program that is started from anywhere else finds its files beside itself.</summary>
    public static string[] Arguments() =>
        !HasSettings(Directory.GetCurrentDirectory()) && HasSettings(AppContext.BaseDirectory)
            ? [$"--contentRoot={AppContext.BaseDirectory}"] : [];

    private static bool HasSettings(string directory) => File.Exists(Path.Combine(directory, "appsettings.json"));
}
