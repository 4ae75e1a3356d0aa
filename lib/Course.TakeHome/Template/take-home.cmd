@cd /d "%~dp0" && dotnet lib\Course.TakeHome.Contracts.dll %*
