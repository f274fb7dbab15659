using System.Diagnostics;
using Notify.Admin.Accounts;

namespace Notify.Admin.Testing;

/// <summary>The program as its own process, for what only shows from outside: exit codes and what it prints.</summary>
public static class NotifyAdminProcess
{
    /// <summary>Starts the program with <paramref name="arguments"/> on a store of its own and waits for its end.</summary>
    /// <returns>The exit code, and the lines of its standard error.</returns>
    /// <exception cref="OperationCanceledException">It did not end by itself; it is stopped.</exception>
    public static async Task<(int ExitCode, IReadOnlyList<string> Errors)> RunToEndAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var database = await TestDatabase.CreateAsync(Data.DatabaseProvider.Sqlite);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = database.DataDirectory,
        };
        string[] all = [typeof(AdminUser).Assembly.Location, "--Urls=http://127.0.0.1:0", $"--DataDirectory={database.DataDirectory}", .. arguments];
        Array.ForEach(all, start.ArgumentList.Add);

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
